import { lagsOf, newestOf, type Context, type Lag } from '../csn';

/** A member that could become master. */
export interface Candidate {
  readonly name: string;
  /** Absent: it is closed, or does not show what it holds. */
  readonly context?: Context;
}

/** A candidate and what it lacks of all that the candidates hold together. */
export interface Ranked {
  readonly name: string;
  readonly lacks: readonly Lag[];
  readonly known: boolean;
}

/** Candidates, the one that holds most first (E28). Pure. */
export function ranked(candidates: readonly Candidate[]): readonly Ranked[] {
  const newest = newestOf(candidates.flatMap(({ context }) => context ?? []));
  const cost = ({ known, lacks }: Ranked): number =>
    known ? lacks.reduce((sum, { seconds, none }) => sum + (none ? 1e9 : seconds), 0) : Infinity;
  return candidates
    .map(({ name, context }) => ({ name, known: context !== undefined, lacks: lagsOf(context ?? new Map(), newest) }))
    .sort((a, b) => (cost(a) === cost(b) ? (a.name < b.name ? -1 : 1) : cost(a) - cost(b)));
}
