import { standbyRequest } from '../../../lib/topology/standby-request';
import { healNetwork, partNetwork, powerCut, powerOn } from '../faults';
import { sleep } from '../host/execute';
import { LabError } from '../topology-lab/plan';
import type { Drill } from './drill';
import { labNetwork } from './path-cut';
import type { Session } from './session';

const MARKED = 60;
/** Seconds in which a wrong takeover would have begun. */
const REFUSED = 90;
const RETURNED = 400;

/** The replication link is cut, writes go on, then the active node loses power: the old copy is not promoted. */
export const outdatedNotPromoted: Drill = {
  name: 'outdated-not-promoted',
  title: 'The replication link is cut, then the active node loses power',
  run: async (session) => {
    const { pair, active, standby } = session;
    const network = pair.topology.drbdResources.find((resource) => resource.network !== undefined)?.network;
    if (network === undefined) throw new LabError('no DRBD resource has a network of its own');
    session.predict([
      { kind: 'network-cut', network },
      { kind: 'node-power-cut', host: pair.id(active) },
    ]);
    await session.start();
    await partNetwork(pair.lab, labNetwork(pair, network));
    const marked = await pair.wait(MARKED, (facts) => {
      const own = facts.find(({ node }) => node === standby);
      const good = own && Object.values(own.volumes).every(({ disk }) => disk === 'Outdated');
      return good
        ? []
        : [
            `copies of ${standby}: ${Object.values(own?.volumes ?? {})
              .map(({ disk }) => disk)
              .join(', ')}`,
          ];
    });
    session.check(
      `every copy of ${standby} is marked as outdated`,
      marked.troubles.length === 0,
      marked.troubles.join(),
    );
    await session.served(10);
    await session.inject(`power of ${active} cut`, () => powerCut(pair.lab, active));
    const promoted = await promotedCopies(session);
    session.judge();
    await session.tellLog(standby);
    session.check(`no copy of ${standby} is promoted`, promoted.length === 0, promoted.join(', '));
    await healNetwork(pair.lab, labNetwork(pair, network));
    await powerOn(pair.lab, active);
    session.event(`power of ${active} and the link are back`);
    const { troubles, seconds } = await pair.wait(RETURNED, (facts) => pair.troubles(facts));
    session.check(
      'services come back without a person',
      troubles.length === 0,
      troubles.join('; ') || `${seconds.toFixed(0)} s`,
    );
    if (troubles.length > 0) {
      // What the prediction tells a person to do, so that what was written can be counted.
      await pair.lab.ssh(standby, standbyRequest('all'), { timeout: 60 });
      session.event(`a person hands the group over: hb_standby on ${standby}`);
      await pair.wait(RETURNED, (facts) => pair.troubles(facts));
    }
    await session.served(3);
    await session.verify();
    session.checkNothingLost();
  },
};

/** Devices of the standby that were primary at some moment in which nothing should have been promoted. */
async function promotedCopies({ pair, standby, fault }: Session): Promise<readonly string[]> {
  const devices = pair.topology.drbdResources.flatMap(({ name, volumes }) =>
    volumes.map(({ minor }) => ({ name, minor })),
  );
  const seen = new Set<string>();
  while (Date.now() < fault + REFUSED * 1000) {
    const own = (await pair.facts()).find(({ node }) => node === standby);
    for (const { name, minor } of devices) if (own?.volumes[minor]?.role === 'Primary') seen.add(name);
    await sleep(3);
  }
  return [...seen];
}
