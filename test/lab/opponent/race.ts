import type { Pair } from '../drills/pair';
import type { DrillResult } from '../drills/result';
import { runDrill } from '../drills/runner';
import { LabError } from '../topology-lab/plan';
import { ownPowerCut, plainPowerCut } from './opponent';
import { median } from '../median';

/** The most that a takeover may take of the opponent's time. */
export const GOAL = 0.7;

/** Times to the last service, in milliseconds, of power cuts that took turns. */
export interface Race {
  readonly own: readonly number[];
  readonly plain: readonly number[];
}

/** Cuts the power in turns with the opponent's files and with the deployment's. @throws LabError when a drill fails */
export async function race(pair: Pair, rounds: number, report: (line: string) => void): Promise<Race> {
  const [own, plain]: [number[], number[]] = [[], []];
  for (let round = 1; round <= rounds; round += 1) {
    report(`round ${round} of ${rounds}`);
    plain.push(lastService(await runDrill(pair, plainPowerCut, report)));
    own.push(lastService(await runDrill(pair, ownPowerCut, report)));
    report(raceText({ own, plain }));
  }
  return { own, plain };
}

/** Until the last service answered, in milliseconds since the fault. @throws LabError when the drill failed */
export function lastService({ drill, passed, measured }: Pick<DrillResult, 'drill' | 'passed' | 'measured'>): number {
  if (!passed) throw new LabError(`${drill} failed: its time counts for nothing`);
  return Math.max(...measured.map(({ sinceFault }) => sinceFault ?? 0));
}

/** How much of the opponent's time a takeover takes. */
export function ratio({ own, plain }: Race): number {
  return median(own) / median(plain);
}

/** The times, for people. */
export function raceText(times: Race): string {
  const text = (values: readonly number[]): string => values.map((value) => (value / 1000).toFixed(1)).join(', ');
  return `to the last service: ${text(times.own)} s; by hand: ${text(times.plain)} s; ratio of the medians ${ratio(times).toFixed(2)}`;
}
