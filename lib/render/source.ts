/** A place in a file that was read. Parsers keep it; equality of syntax trees ignores it. */
export interface SourceLocation {
  /** Name of the file as the caller gave it. */
  readonly file?: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Something in a file that breaks the rules of its format; the parser went on behind it. */
export interface SyntaxFault {
  /** What is wrong and what to do. */
  readonly message: string;
  readonly location: SourceLocation;
  /** Where it shows, when that is not where it has to be mended. */
  readonly noticedAt?: SourceLocation;
  /** Requirement the fault is an example of, for instance `E1`. */
  readonly requirement?: string;
}

/** What a parser returns: the tree as far as it could be understood, and every fault, sorted by line. */
export interface Parsed<T> {
  readonly tree: T;
  readonly errors: readonly SyntaxFault[];
}

/** Faults in the order of their lines; faults of one line stay in the order they were found. */
export function sortFaults(faults: readonly SyntaxFault[]): SyntaxFault[] {
  return [...faults].sort((a, b) => a.location.line - b.location.line);
}

/** A copy of plain data without any `location`: two trees are the same syntax when these copies are equal. */
export function withoutLocations<T>(tree: T): T {
  return strip(tree) as T;
}

function strip(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(strip);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => key !== 'location' && value !== undefined)
      .map(([key, value]) => [key, strip(value)]),
  );
}
