import type { Engine } from './engine';
import { Program } from './mail/program';

/** Who greeted a client, or that nobody did, and when it asked and knew, in milliseconds since 1970. */
interface Greeting {
  readonly server?: string;
  readonly end: number;
}

/** A client that asks for the greeting of mail servers, ten times a second. */
export class Greetings {
  private readonly program: Program;

  constructor(engine: Engine, repository: string, address: string) {
    this.program = new Program(engine, repository, 'greetings.mjs', [address, '25', '100', '2000']);
  }

  /** Servers that greeted since a moment, each once. */
  serversSince(moment: number): readonly string[] {
    return [...new Set(this.since(moment).flatMap(({ server }) => server ?? []))].sort();
  }

  /** Clients that were not greeted since a moment. */
  failedSince(moment: number): number {
    return this.since(moment).filter(({ server }) => server === undefined).length;
  }

  /** The longest time between two greetings since a moment, in milliseconds. */
  pauseSince(moment: number): number {
    const ends = [
      moment,
      ...this.since(moment).flatMap(({ server, end }) => (server === undefined ? [] : [end])),
      Date.now(),
    ];
    return Math.max(...ends.slice(1).map((end, index) => end - (ends[index] ?? end)));
  }

  stop(): Promise<void> {
    return this.program.kill();
  }

  private since(moment: number): readonly Greeting[] {
    return this.program.lines.flatMap((line): Greeting[] => {
      const [word, what, , end] = line.split(' ');
      if (Number(end) < moment) return [];
      return [{ ...(word === 'greeted' && what !== undefined ? { server: what } : {}), end: Number(end) }];
    });
  }
}
