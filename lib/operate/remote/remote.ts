import type { HostFacts } from '../../topology/site';

/** What a command on a host said. */
export interface RemoteOutcome {
  /** Exit code of the command. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is run on a host. */
export interface RemoteOptions {
  /** Given to the command as its standard input. @default - nothing */
  readonly input?: string;
  /**
   * Seconds after which the command is given up.
   * @default 30
   */
  readonly timeout?: number;
  /** Called with every line of the command's output as it comes. @default - nothing is shown */
  readonly progress?: (line: string) => void;
}

/** The end of what a command printed, where the reason stands. */
export const lastLines = (text: string, count = 3): readonly string[] => text.trim().split('\n').slice(-count);

/** A host that did not answer, refused us or took too long: what became of the command is not known. */
export class UnreachableError extends Error {}

/** A program that this machine lacks. */
export class MissingProgramError extends Error {
  override readonly name = 'MissingProgramError';
}

/** Commands on the hosts of a deployment, as root. */
export interface Remote {
  /**
   * Runs a command in a POSIX shell of a host.
   * @throws UnreachableError when the host does not answer in time
   */
  run(host: HostFacts, command: string, options?: RemoteOptions): Promise<RemoteOutcome>;
  /** Ends the connections. */
  close(): Promise<void>;
}
