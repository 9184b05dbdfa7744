import { strict as assert } from 'node:assert';
import type { Engine } from '../engine';
import { within } from '../engine';
import { Program } from './program';

/** What became of messages. */
export interface MailSeen {
  readonly accepted: number;
  /** Numbers that were accepted and not delivered. */
  readonly lost: readonly number[];
  /** Numbers that were delivered more than once. */
  readonly twice: readonly number[];
  /** Longest time between two messages that were accepted, in milliseconds. */
  readonly pause: number;
}

/** A sender that numbers its messages, and a server where they are delivered that counts them by envelope recipient. */
export class MailTraffic {
  private readonly sink: Program;
  private readonly senders: Program[] = [];
  private next = 1;

  private constructor(
    private readonly engine: Engine,
    private readonly repository: string,
    private readonly domain: string,
    address: string,
    port: number,
  ) {
    this.sink = new Program(engine, repository, 'sink.mjs', [address, String(port)]);
  }

  /** @param at address and port at which mail is delivered */
  static async start(
    engine: Engine,
    repository: string,
    domain: string,
    at: { readonly address: string; readonly port: number },
  ): Promise<MailTraffic> {
    const traffic = new MailTraffic(engine, repository, domain, at.address, at.port);
    await traffic.sink.says('now listening', 10);
    return traffic;
  }

  /** Tells the server where mail is delivered what to do: `refuse`, `take` or `delay MILLISECONDS`. */
  tell(line: string): Promise<void> {
    return this.sink.tell(line);
  }

  /** Begins to send messages to servers in turn. */
  send(addresses: readonly string[], count: number, perSecond: number): Program {
    const numbers = [this.next, count, perSecond].map(String);
    this.next += count;
    const sender = new Program(this.engine, this.repository, 'sender.mjs', [this.domain, ...numbers, ...addresses]);
    this.senders.push(sender);
    return sender;
  }

  /** Sends messages, and waits until all are accepted. */
  async sendAll(addresses: readonly string[], count: number, perSecond: number): Promise<void> {
    const sender = this.send(addresses, count, perSecond);
    await sender.says('ended', 30 + count / perSecond);
    assert.equal(accepted(sender).length, count, sender.lines.filter((line) => line.startsWith('failed')).join('\n'));
  }

  /** Waits until all that was accepted is delivered, and then until nothing comes any more. */
  async delivered(seconds: number): Promise<MailSeen> {
    const missing = (): number => this.seen().lost.length;
    await within(seconds, 'all accepted mail is delivered', () => Promise.resolve(missing() === 0)).catch(
      () => undefined,
    );
    return this.seen();
  }

  /** What became of all messages until now. */
  seen(): MailSeen {
    const times = this.senders.flatMap(accepted);
    const counts = new Map<number, number>();
    for (const line of this.sink.lines) {
      const [word, number] = line.split(' ');
      if (word === 'delivered') counts.set(Number(number), (counts.get(Number(number)) ?? 0) + 1);
    }
    return {
      accepted: times.length,
      lost: times.map(({ number }) => number).filter((number) => !counts.has(number)),
      twice: [...counts].filter(([, count]) => count > 1).map(([number]) => number),
      pause: Math.max(0, ...this.senders.map(longestPause)),
    };
  }

  async stop(): Promise<void> {
    for (const program of [...this.senders, this.sink]) await program.kill();
  }
}

function accepted({ lines }: Program): readonly { readonly number: number; readonly time: number }[] {
  return lines.flatMap((line) => {
    const [word, number, time] = line.split(' ');
    return word === 'accepted' ? [{ number: Number(number), time: Number(time) }] : [];
  });
}

function longestPause(sender: Program): number {
  const times = accepted(sender)
    .map(({ time }) => time)
    .sort((a, b) => a - b);
  return Math.max(0, ...times.map((time, index) => time - (times[index - 1] ?? time)));
}
