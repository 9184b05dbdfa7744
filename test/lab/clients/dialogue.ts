import { connect, type Socket } from 'node:net';

/** Seconds for a connection, and for each answer. */
export const LIMITS = { connection: 1, answer: 3 } as const;

/** A server that did not answer, or not as it should. */
export class NoAnswer extends Error {}

/** A conversation over one connection, a line at a time. */
export class Dialogue {
  private text = '';
  private ended: Error | undefined;
  private wake: () => void = () => undefined;

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('utf8');
    socket.on('data', (data) => {
      this.text += data.toString();
      this.wake();
    });
    const end = (error?: Error): void => {
      this.ended ??= error ?? new NoAnswer('the connection was closed');
      this.wake();
    };
    socket.on('error', end);
    socket.on('close', () => end());
  }

  /** Opens a connection. @throws NoAnswer when there is none in time */
  static open(address: string, port: number): Promise<Dialogue> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: address, port });
      const timer = setTimeout(() => {
        socket.destroy();
        reject(new NoAnswer(`no connection within ${LIMITS.connection} s`));
      }, LIMITS.connection * 1000);
      socket.once('error', (error) => {
        clearTimeout(timer);
        reject(new NoAnswer(error.message));
      });
      socket.once('connect', () => {
        clearTimeout(timer);
        socket.removeAllListeners('error');
        resolve(new Dialogue(socket));
      });
    });
  }

  /**
   * Sends lines, and waits for an answer.
   * @param last matches the answer as far as it must have come
   * @throws NoAnswer when it does not come in time
   */
  async ask(lines: string, last: RegExp, seconds: number = LIMITS.answer): Promise<string> {
    if (lines !== '') this.socket.write(`${lines}\r\n`);
    const end = Date.now() + seconds * 1000;
    for (;;) {
      if (last.test(this.text)) {
        const answer = this.text;
        this.text = '';
        return answer;
      }
      if (this.ended) throw new NoAnswer(this.ended.message);
      const left = end - Date.now();
      if (left <= 0) throw new NoAnswer(`no answer within ${seconds} s`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  close(): void {
    this.socket.destroy();
  }
}
