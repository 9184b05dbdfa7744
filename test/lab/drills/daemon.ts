import type { ServiceFacts } from '../../../lib/topology/service';
import { lookup } from '../../../lib/topology/lookup';
import { signal } from '../faults';
import { LabError } from '../topology-lab/plan';
import type { Drill } from './drill';
import type { Session } from './session';

/** Seconds until a service must be back where the prediction says that it comes back by itself. */
const RESTARTED = 180;
/** Seconds that one which stays away is watched. */
const AWAY = 60;

/** The processes of the directory are killed, or stand still (E15). */
export const daemonKill: Drill = {
  name: 'daemon-kill',
  title: 'slapd is killed on the active node',
  run: (session) => daemonFails(session, 'KILL'),
};
export const daemonStop: Drill = {
  name: 'daemon-stop',
  title: 'slapd stands still on the active node',
  run: (session) => daemonFails(session, 'STOP'),
};

async function daemonFails(session: Session, what: 'KILL' | 'STOP'): Promise<void> {
  const { pair, active } = session;
  const service = directoryOf(session);
  session.predict([{ kind: what === 'KILL' ? 'process-kill' : 'process-hang', service: service.id }]);
  await session.start();
  const before = await pair.facts();
  await session.inject(`slapd gets SIG${what}`, () => signal(pair.lab, active, 'slapd', what));
  const away = session.predicted.some(({ client, state }) => client === service.name && state === 'down');
  if (away) {
    await session.watch(AWAY);
    session.judge();
    await pair.lab.sshMust(active, `pkill -KILL -x slapd; systemctl restart ${service.unit}`, { timeout: 60 });
    session.event('restarted by a person');
  } else {
    const back = await session.cameBackOf([service.name], 5, RESTARTED);
    session.check(`${service.name} is served again by itself`, back);
    // What depends on it may still have an attempt under way that began before it was back.
    await session.served(3);
    session.judge();
  }
  await session.served(5);
  await session.checkUntouched(before);
  await session.verify();
  session.checkNothingLost();
}

function directoryOf({ pair }: Session): ServiceFacts {
  const found = lookup(pair.topology)
    .servicesOf(pair.group)
    .find(({ settings }) => settings.kind === 'openldap');
  if (!found) throw new LabError(`group '${pair.group.name}' has no slapd, which this drill kills`);
  return found;
}
