import { LabError } from '../topology-lab/plan';
import type { DrillResult } from './result';

/** What became of several drills. */
export interface SeriesResult {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Runs drills one after the other. When one leaves a lab that does not become whole, or the time is over, the rest is
 * not run and counts as failed: on such a lab no verdict says anything.
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
      if ((await run(subject, drill, report)).passed) passed += 1;
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
