import { LabError } from '../topology-lab/plan';
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
  const run = `${drill.name}-${new Date(began).toISOString().replace(/[-:]/g, '').replace(/\..*/, '').toLowerCase()}`;
  let placement = await pair.whole(WHOLE);
  if (drill.begins) {
    await drill.begins(pair, report);
    placement = await pair.whole(WHOLE);
  }
  const session = new Session(pair, placement, run, readSwitches(pair.lab), report);
  session.report(`  ${placementText(placement)}`);
  try {
    await drill.run(session);
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    session.check('the drill runs to its end', false, error.message);
  } finally {
    await session.stop();
  }
  const { troubles, seconds } = await pair.wait(WHOLE, (facts) => pair.troubles(facts));
  session.check(
    'the pair is whole again without help',
    troubles.length === 0,
    troubles.join('; ') || `${seconds.toFixed(0)} s`,
  );
  const result: DrillResult = {
    drill: drill.name,
    title: drill.title,
    deployment: pair.topology.name,
    date: new Date(began).toISOString(),
    switches: session.switches.map(({ interruption }) => interruption),
    active: session.active,
    measuredFrom: session.measuredFrom,
    predicted: session.predicted,
    measured: session.measured,
    ledgers: session.ledgers,
    events: session.events,
    checks: session.checks,
    passed: session.checks.every(({ held }) => held),
    seconds: Math.round((Date.now() - began) / 1000),
  };
  addResult(pair.lab, result);
  report(`${result.passed ? 'passed' : 'FAILED'} ${drill.name} (${result.seconds} s)`);
  return result;
}
