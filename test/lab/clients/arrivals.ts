import { appendLine, readLines } from './json-lines';

/** A message that the sink has taken. */
export interface MailArrival {
  /** Milliseconds since 1970, of the machine that the lab runs on. */
  readonly at: number;
  /** The address of the host that has delivered it. */
  readonly from: string;
  readonly recipient: string;
}

/** Writes an arrival down. */
export function noteArrival(file: string, arrival: MailArrival): void {
  appendLine(file, arrival);
}

/** All that has arrived, in its order; a line that is being written is left out. */
export function readArrivals(file: string): readonly MailArrival[] {
  return readLines(file);
}

/** A message that arrived more than once. */
export interface Twice {
  readonly recipient: string;
  /** When it came again. */
  readonly again: number;
}

/** The messages that arrived more than once, by their last arrival. */
export function arrivedTwice(arrivals: readonly MailArrival[]): readonly Twice[] {
  const seen = new Set<string>();
  const twice = new Map<string, number>();
  for (const { recipient, at } of arrivals) {
    if (seen.has(recipient)) twice.set(recipient, at);
    seen.add(recipient);
  }
  return [...twice].map(([recipient, again]) => ({ recipient, again }));
}
