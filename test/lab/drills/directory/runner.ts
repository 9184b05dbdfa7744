import type { DrillResult } from '../result';
import { runName, runToEnd, writeDown } from '../runner';
import { readReturns } from '../store';
import type { DirectoryDrill } from './drill';
import type { Servers } from './servers';
import { DirectorySession } from './session';

/** Seconds until all servers serve, before a drill and after it. */
const WHOLE = 150;

/** Runs one drill on the servers of a directory, writes its result down and tells it. */
export async function runDirectoryDrill(
  servers: Servers,
  drill: DirectoryDrill,
  report: (line: string) => void,
): Promise<DrillResult> {
  const began = Date.now();
  report(`${drill.name}: ${drill.title}`);
  const run = runName(drill.name, began);
  const master = await servers.whole(WHOLE);
  const session = new DirectorySession(servers, master, run, readReturns(servers.lab), report);
  session.report(`  ${master} is master`);
  await runToEnd(session, () => drill.run(session));
  const { troubles, seconds } = await servers.wait(WHOLE, (facts) => servers.troubles(facts));
  const detail = troubles.join('; ') || `${seconds.toFixed(0)} s`;
  session.check('all servers serve with equal copies, without help', troubles.length === 0, detail);
  return writeDown(
    servers.lab,
    {
      ...{ drill, began, active: master, deployment: servers.topology.name, switches: [] },
      returns: session.returns.map(({ took }) => took),
    },
    session,
  );
}
