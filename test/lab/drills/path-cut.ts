import type { LinkFacts } from '../../../lib/topology/cluster';
import type { Fault } from '../../../lib/predict/fault';
import { lookup } from '../../../lib/topology/lookup';
import { healNetwork, partNetwork, setSerial } from '../faults';
import { LabError } from '../topology-lab/plan';
import type { Drill } from './drill';
import type { Pair } from './pair';
import type { Session } from './session';

/** Seconds for resyncs after a path is back. */
const CURRENT = 180;

/** Each heartbeat path is cut alone: nobody takes over, nobody is shot. */
export const onePathCut: Drill = {
  name: 'one-path-cut',
  title: 'Each heartbeat path is cut alone',
  run: async (session) => {
    const { pair, active } = session;
    await session.start();
    const deadtime = (pair.cluster.timing.deadtime ?? 10_000) / 1000;
    for (const [place, link] of pair.cluster.links.entries()) {
      const before = await pair.facts();
      session.predict(faultsOf(pair, link, place));
      await session.inject(`path ${place + 1} (${nameOf(pair, link)}) cut`, () => cutPath(pair, link));
      await session.watch(2 * deadtime + 5);
      await session.served(3);
      session.judge();
      await session.checkUntouched(before);
      await healPath(pair, link);
      const { troubles } = await pair.wait(CURRENT, (facts) => pair.troubles(facts, pair.allOn(active)));
      session.check(`all is as before when ${nameOf(pair, link)} is back`, troubles.length === 0, troubles.join('; '));
    }
    await session.verify();
    session.checkNothingLost();
  },
};

/** The network of a path, as the lab calls it; undefined for a serial line. */
export function networkOf(pair: Pair, link: LinkFacts): string | undefined {
  if (link.kind === 'serial') return undefined;
  if (link.network === undefined) throw new LabError('a heartbeat path is in no network that the topology knows');
  return labNetwork(pair, link.network);
}

/** A network of the topology, as the lab calls it. */
export function labNetwork({ lab, topology }: Pair, id: string): string {
  const { name } = lookup(topology).network(id);
  return lab.plan.networks.some((network) => network.name === name) ? name : id;
}

function nameOf(pair: Pair, link: LinkFacts): string {
  return networkOf(pair, link) ?? 'serial';
}

/** Nodes no longer hear each other on a path; clients and fencing devices reach them as before. */
export async function cutPath(pair: Pair, link: LinkFacts): Promise<void> {
  const network = networkOf(pair, link);
  if (network === undefined) await setSerial(pair.lab, false);
  else await partNetwork(pair.lab, network);
}

/** Undoes `cutPath`. */
export async function healPath(pair: Pair, link: LinkFacts): Promise<void> {
  const network = networkOf(pair, link);
  if (network === undefined) await setSerial(pair.lab, true);
  else await healNetwork(pair.lab, network);
}

/** A network on which clients are goes on for them: to services it is then the loss of one of several paths. */
function faultsOf({ topology, group, cluster }: Pair, link: LinkFacts, place: number): readonly Fault[] {
  if (link.kind === 'serial') return [{ kind: 'serial-cut', cluster: cluster.id, link: place }];
  const { network } = link;
  const serving = group.members.some((member) => member.kind === 'address' && member.network === network);
  const replicating = topology.drbdResources.some((resource) => resource.network === network);
  if (network === undefined || (serving && !replicating)) return [];
  return [{ kind: 'network-cut', network }];
}

/** Cuts every path between the nodes. */
export async function cutAllPaths({ pair }: Session): Promise<void> {
  for (const link of pair.cluster.links) await cutPath(pair, link);
}
