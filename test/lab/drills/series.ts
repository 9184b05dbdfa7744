import { LabError } from '../topology-lab/plan';
import type { DrillResult } from './result';

/** What became of several drills. */
export interface SeriesResult {
  readonly passed: number;
  readonly failed: number;
}

/** Share of the machine's processors that was given to others, from which on times say nothing. */
const HINDERED = 0.05;

/** Whether a drill differs in nothing but times, on a machine that was slowed down from outside. */
function isHindered({ passed, checks, stolen = 0 }: DrillResult): boolean {
  return !passed && stolen > HINDERED && checks.every(({ held, timed }) => held || timed === true);
}

/**
 * Runs drills one after the other; one whose times alone differ, on a machine that was slowed down from outside, once more.
 * When one leaves a lab that does not become whole, or the time is over, the rest is not run and counts as failed: on such a
 * lab no verdict says anything.
 * @param seconds in which all of them must have begun
 */
export async function runSeries<Subject, Drill extends { readonly name: string }>(
  subject: Subject,
  drills: readonly Drill[],
  seconds: number,
  report: (line: string) => void,
  run: (subject: Subject, drill: Drill, report: (line: string) => void) => Promise<DrillResult>,
): Promise<SeriesResult> {
  const end = Date.now() + seconds * 1000;
  const failed: string[] = [];
  let passed = 0;
  for (const [index, drill] of drills.entries()) {
    const rest = drills.slice(index).map(({ name }) => name);
    if (Date.now() >= end) {
      report(`FAILED ${rest.join(', ')}: not run, ${seconds} s are over`);
      failed.push(...rest);
      break;
    }
    try {
      let result = await run(subject, drill, report);
      if (isHindered(result)) {
        report(
          `${drill.name}: ${Math.round((result.stolen ?? 0) * 100)} % of this machine's processors were given to others, and times alone differ: it is run once more`,
        );
        result = await run(subject, drill, report);
      }
      if (result.passed) passed += 1;
      else failed.push(drill.name);
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      report(`FAILED ${rest.join(', ')}: not run, ${error.message}`);
      failed.push(...rest);
      break;
    }
  }
  if (failed.length > 0) report(`failed: ${failed.join(', ')}`);
  return { passed, failed: failed.length };
}
