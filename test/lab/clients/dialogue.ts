import { connect, type Socket } from 'node:net';
import { Arrival, NoAnswer } from './arrival';

/**
 * Seconds for a connection, and for each answer. A connection to an address that nobody has is given up soon; a server
 * that took one has its first process to start, on a node that starts all others: who gives up then waits twice.
 */
export const LIMITS = { connection: 1, answer: 10 } as const;

/** A conversation over one connection, a line at a time. */
export class Dialogue {
  private readonly arrival = new Arrival();

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('utf8');
    socket.on('data', (data) => this.arrival.add(data));
    socket.on('error', (error) => this.arrival.end(() => error.message));
    socket.on('close', () => this.arrival.end(() => 'the connection was closed'));
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
    return this.arrival.take(() => {
      if (!last.test(this.arrival.text)) return undefined;
      const answer = this.arrival.text;
      this.arrival.text = '';
      return answer;
    }, seconds);
  }

  close(): void {
    this.socket.destroy();
  }
}
