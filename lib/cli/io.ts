import type { LdapServers } from '../operate/ldap/session';
import type { Remote } from '../operate/remote/remote';
import type { Topology } from '../topology/topology';

/** What a command works with besides its arguments. */
export interface Io {
  /** Writes text as it is to standard output. */
  out(text: string): void;
  /** Writes text as it is to standard error. */
  err(text: string): void;
  /** Directory that relative names are below. */
  readonly directory: string;
  /** Shows a question and gives the answer; absent where standard input is no terminal. */
  readonly ask?: (question: string) => Promise<string>;
  /** Calls back when the person presses Ctrl-C, instead of ending at once. Gives what takes that back. */
  readonly onInterrupt?: (interrupt: () => void) => () => void;
  /** The hosts of a deployment, where they are not reached through ssh(1). */
  readonly remote?: (topology: Topology) => Remote;
  /** The directory servers of a deployment, where they are not reached over TLS. */
  readonly ldap?: (topology: Topology) => LdapServers;
  /** Waits. @default - as long as it says */
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** Milliseconds on a clock that is never set. @default - that of the process */
  readonly now?: () => number;
  /** The time of day. @default - that of the machine */
  readonly date?: () => Date;
}

/** Exit codes of all commands. */
export const EXIT = {
  /** Nothing that is an error. */
  clean: 0,
  /** Errors in what was looked at. */
  findings: 1,
  /** A wrong command line, or a file that cannot be read or written. */
  usage: 2,
  /** Ctrl-C, as a shell counts it. */
  interrupted: 130,
} as const;
