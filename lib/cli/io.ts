/** What a command works with besides its arguments. */
export interface Io {
  /** Writes text as it is to standard output. */
  out(text: string): void;
  /** Writes text as it is to standard error. */
  err(text: string): void;
  /** Directory that relative names are below. */
  readonly directory: string;
}

/** Exit codes of all commands. */
export const EXIT = {
  /** Nothing that is an error. */
  clean: 0,
  /** Errors in what was looked at. */
  findings: 1,
  /** A wrong command line, or a file that cannot be read or written. */
  usage: 2,
} as const;
