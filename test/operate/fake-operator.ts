import type { Operation } from '../../lib/operate/pair/operation';
import type { Remote, RemoteOptions, RemoteOutcome } from '../../lib/operate/remote/remote';
import type { HostFacts } from '../../lib/topology/site';

/** Hosts that are made up, before which a person sits who answers; time goes on only where it is spent. */
export abstract class FakeOperator implements Remote {
  readonly said: string[] = [];
  readonly questions: string[] = [];
  /** What the person types; undefined: what is asked for. */
  answer: string | undefined;
  protected clock = 0;
  private readonly abort = new AbortController();

  get operation(): Operation {
    return {
      remote: this,
      say: (line) => void this.said.push(line),
      confirm: async (question, word) => {
        this.questions.push(question);
        return (this.answer ?? word) === word;
      },
      now: () => this.clock,
      pause: async (milliseconds) => void (this.clock += milliseconds),
      interrupted: this.abort.signal,
    };
  }

  interrupt(): void {
    this.abort.abort();
  }

  abstract run(host: HostFacts, command: string, options?: RemoteOptions): Promise<RemoteOutcome>;
  abstract close(): Promise<void>;
}
