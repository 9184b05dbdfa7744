import { LabError } from '../topology-lab/plan';

/** Which part of the drills a run takes: this one of so many, counted from 1. */
export interface Share {
  readonly part: number;
  readonly of: number;
}

/** Drills of every run: they give the step times of others, or hold what matters most. */
const EVERY_RUN: readonly string[] = [
  'planned-switch',
  'second-group-switch',
  'power-cut',
  'control-stores',
  'master-power-cut',
  'mail-switch',
  'mail-balancer',
  'mail-power-cut',
];

/** Reads `1/3`. @throws LabError for another text */
export function parseShare(text: string): Share {
  const [, part, of] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(text) ?? [];
  if (part === undefined || of === undefined || Number(part) > Number(of))
    throw new LabError(`'${text}' must be a part and how many there are, as in 1/3`);
  return { part: Number(part), of: Number(of) };
}

/** The drills of a part, in their order, and those that other parts have. All parts together have all drills. */
export function shareOf(
  drills: readonly string[],
  { part, of }: Share,
): { readonly own: readonly string[]; readonly others: readonly string[] } {
  const inTurn = drills.filter((name) => !EVERY_RUN.includes(name));
  // Where there are fewer drills than parts, every part has one.
  const turn = (part - 1) % Math.min(of, Math.max(1, inTurn.length));
  const others = inTurn.filter((_name, index) => index % of !== turn);
  return { own: drills.filter((name) => !others.includes(name)), others };
}
