import type { MailSession } from './session';

/** A drill of a mail pair whose queues are at home. */
export interface MailDrill {
  readonly name: string;
  /** One line for `docs/truth.md`. */
  readonly title: string;
  /** Clients that send, each to both servers in turn. */
  readonly senders: number;
  /** Whether they send to the address of the load balancer instead. @default 'servers' */
  readonly through?: 'servers' | 'balancer';
  /** Does it; throws LabError where it cannot go on. Leaves the pair so that it becomes whole by itself. */
  readonly run: (session: MailSession) => Promise<void>;
}
