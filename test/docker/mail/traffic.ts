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

/** Where mail is delivered. */
export interface Store {
  readonly address: string;
  readonly port: number;
}

/** A sender that numbers its messages, and a server where they are delivered that counts them by envelope recipient. */
export class MailTraffic {
  private readonly sinks: Program[] = [];
  private readonly senders: Program[] = [];
  private next = 1;

  private constructor(
    private readonly engine: Engine,
    private readonly repository: string,
    private readonly domain: string,
  ) {}

  /** @param at address and port at which mail is delivered */
  static async start(engine: Engine, repository: string, domain: string, at: Store): Promise<MailTraffic> {
    const traffic = new MailTraffic(engine, repository, domain);
    await traffic.deliverAt(engine, at);
    return traffic;
  }

  /** Starts one more server where mail is delivered, in the network of an engine. */
  async deliverAt(engine: Engine, { address, port }: Store): Promise<Program> {
    const sink = new Program(engine, this.repository, 'sink.mjs', [address, String(port)]);
    this.sinks.push(sink);
    await sink.says('now listening', 10);
    return sink;
  }

  /** Tells the first server where mail is delivered what to do: `refuse`, `take` or `delay MILLISECONDS`. */
  async tell(line: string): Promise<void> {
    await this.sinks[0]?.tell(line);
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
    for (const line of this.sinks.flatMap(({ lines }) => lines)) {
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

  /** Numbers of the messages that servers accepted, by their addresses. */
  acceptedBy(addresses: readonly string[]): readonly number[] {
    return this.senders
      .flatMap(accepted)
      .filter(({ address }) => addresses.includes(address))
      .map(({ number }) => number);
  }

  async stop(): Promise<void> {
    for (const program of [...this.senders, ...this.sinks]) await program.kill();
  }
}

interface Accepted {
  readonly number: number;
  readonly time: number;
  readonly address: string;
}

function accepted({ lines }: Program): readonly Accepted[] {
  return lines.flatMap((line) => {
    const [word, number, time, address = ''] = line.split(' ');
    return word === 'accepted' ? [{ number: Number(number), time: Number(time), address }] : [];
  });
}

function longestPause(sender: Program): number {
  const times = accepted(sender)
    .map(({ time }) => time)
    .sort((a, b) => a - b);
  return Math.max(0, ...times.map((time, index) => time - (times[index - 1] ?? time)));
}
