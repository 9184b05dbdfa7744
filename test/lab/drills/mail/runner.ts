import { goHome } from '../home';
import type { DrillResult } from '../result';
import { runName, runToEnd, writeDown } from '../runner';
import { readSwitches } from '../store';
import type { MailDrill } from './drill';
import type { MailLab } from './mail-lab';
import { MailSession } from './session';

/** Seconds until both queues are at home, before a drill and after it. */
const WHOLE = 400;

/** Runs one drill on a mail pair, writes its result down and tells it. */
export async function runMailDrill(
  mail: MailLab,
  drill: MailDrill,
  report: (line: string) => void,
): Promise<DrillResult> {
  const { pair, lab } = mail;
  const began = Date.now();
  report(`${drill.name}: ${drill.title}`);
  await pair.whole(WHOLE);
  await goHome(pair, report);
  const switches = readSwitches(lab);
  const session = new MailSession(mail, drill, runName(drill.name, began), switches, report);
  await runToEnd(session, () => drill.run(session));
  const { troubles, seconds } = await pair.wait(WHOLE, (facts) => pair.troubles(facts, pair.atHome));
  const detail = troubles.join('; ') || `${seconds.toFixed(0)} s`;
  session.check('both queues are at home, all copies current', troubles.length === 0, detail);
  const interruptions = switches.map(({ interruption }) => interruption);
  const [active] = mail.both;
  return writeDown(
    lab,
    { drill, began, active: active.node, deployment: pair.topology.name, switches: interruptions },
    session,
  );
}
