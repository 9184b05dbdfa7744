import { hindrance, stolenShare } from '../host/hindrance';
import type { Lab } from '../lab';
import { LabError } from '../topology-lab/plan';
import type { ClientSession } from './client-session';
import type { Drill } from './drill';
import { placementText, type Pair } from './pair';
import type { DrillResult } from './result';
import { Session } from './session';
import { addResult, readSwitches } from './store';

/** Seconds that a pair may need until it is whole, before a drill and after it: a boot, heartbeat, a resync. */
const WHOLE = 400;

/** Runs one drill on a pair, writes its result down and tells it. */
export async function runDrill(pair: Pair, drill: Drill, report: (line: string) => void): Promise<DrillResult> {
  const began = Date.now();
  report(`${drill.name}: ${drill.title}`);
  const run = runName(drill.name, began);
  let placement = await pair.whole(WHOLE);
  if (drill.begins) {
    await drill.begins(pair, report);
    placement = await pair.whole(WHOLE);
  }
  const session = new Session(pair, placement, run, readSwitches(pair.lab), report);
  session.report(`  ${placementText(placement)}`);
  await runToEnd(session, () => drill.run(session));
  const { troubles, seconds } = await pair.wait(WHOLE, (facts) => pair.troubles(facts));
  session.check(
    'the pair is whole again without help',
    troubles.length === 0,
    troubles.join('; ') || `${seconds.toFixed(0)} s`,
  );
  const { active, switches } = session;
  const interruptions = switches.map(({ interruption }) => interruption);
  return writeDown(
    pair.lab,
    { drill, began, active, deployment: pair.topology.name, switches: interruptions },
    session,
  );
}

/** What is known of a run besides what its session has seen. */
export interface RunFacts extends Pick<DrillResult, 'deployment' | 'active' | 'switches' | 'returns'> {
  readonly drill: { readonly name: string; readonly title: string };
  readonly began: number;
}

/** Does a drill and ends its clients. Where it cannot go on, that is a check that fails. */
export async function runToEnd(session: ClientSession, run: () => Promise<void>): Promise<void> {
  const before = hindrance();
  try {
    await run();
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    session.check('the drill runs to its end', false, error.message);
  } finally {
    await session.stop();
    session.stolen = stolenShare(before, hindrance());
  }
}

/** A name for a run that began now. */
export function runName(drill: string, began: number): string {
  return `${drill}-${new Date(began).toISOString().replace(/[-:]/g, '').replace(/\..*/, '').toLowerCase()}`;
}

/** Writes the result of a run down and tells it. */
export function writeDown(lab: Lab, { drill, began, ...facts }: RunFacts, session: ClientSession): DrillResult {
  const { measuredFrom, predicted, measured, ledgers, events, checks, stolen } = session;
  const result: DrillResult = {
    drill: drill.name,
    title: drill.title,
    date: new Date(began).toISOString(),
    ...facts,
    ...{ measuredFrom, predicted, measured, ledgers, events, checks, stolen },
    passed: checks.every(({ held }) => held),
    seconds: Math.round((Date.now() - began) / 1000),
  };
  addResult(lab, result);
  session.report(`${result.passed ? 'passed' : 'FAILED'} ${drill.name} (${result.seconds} s)`);
  return result;
}
