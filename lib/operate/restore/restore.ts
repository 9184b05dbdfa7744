import { covers } from '../../topology/directory';
import { lookup } from '../../topology/lookup';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { groupState } from '../pair/group-state';
import { lookAtBoth, type NodeState } from '../pair/node-look';
import { agreed, RefusedError, secondsSince, type Operation } from '../pair/operation';
import type { Pair } from '../pair/pair';
import { handOverLimit } from '../pair/time-limit';
import { follow, stateLines } from '../switch/follow';
import { ageText, chosenDump, listDumps, type Dump, type DumpList } from './dumps';
import { madeDevices, newDevices, replicasOf } from './new-volumes';
import { backupsFor, emptyAfterwards, occupied, planOf, type GroupPlan } from './plan';
import { closeStorage, mountsOf, openStorage } from './storage';
import { RestoreSteps } from './steps';

/** What a restore is asked for. */
export interface RestoreRequest {
  /** Name of one service. @default - all that have a dump */
  readonly service?: string;
  /** `latest`, `NODE:latest` or `NODE:FILE`. */
  readonly from: string;
  /** Name of the node on which the stores are filled. @default - the preferred node of the group */
  readonly on?: string;
  /** Move aside what a store holds. */
  readonly replace: boolean;
  /** List the dumps and change nothing. */
  readonly show: boolean;
  /** Seconds that the groups may take to start. @default - from the number of members */
  readonly timeout?: number;
}

/**
 * Fills stores from their dumps. Disks that are new get metadata and file systems first; a disk with data is left alone,
 * and what a store holds is moved aside, never deleted. The whole cluster stands still meanwhile.
 * @throws RefusedError with every reason, and nothing was changed
 * @throws UnfinishedError with the state and how to go on
 */
export async function restore(operation: Operation, topology: Topology, request: RestoreRequest): Promise<void> {
  const facts = lookup(topology);
  const backups = backupsFor(topology, request.service);
  if (request.from !== 'latest' && backups.length > 1)
    throw new RefusedError('nothing was restored', ['--from names one dump: say of which service with --service']);
  const lists = await listDumps(operation, topology, backups);
  if (request.show) return showDumps(operation, topology, lists);
  const dumps = lists.map((list) => nearest(topology, list, chosenDump(list, request.from), request.on));
  for (const [index, dump] of dumps.entries()) {
    operation.say(dumpLine(topology, dump));
    for (const host of lists[index]?.unreached ?? []) operation.say(`  not asked for newer dumps: ${host}`);
  }
  const { pair, groups } = planOf(topology, backups, request.on);
  const nodes = [pair.node, pair.peer];
  operation.say(`looking at ${nodes.map(({ name }) => name).join(' and ')}`);
  const looks = await lookAtBoth(operation, pair);
  const refused = 'nothing was restored and nothing was changed';
  const states = looks.flatMap((look) => (look.reached ? [look] : []));
  if (states.length < 2)
    throw new RefusedError(
      refused,
      looks.flatMap((look) =>
        look.reached ? [] : [`${look.host.name} does not answer: ${look.reason}; a restore needs both nodes`],
      ),
    );
  const replicas = (await Promise.all(nodes.map((host) => replicasOf(operation, host)))).flat();
  const fresh = newDevices(replicas);
  const holding = occupied(topology, groups, fresh, states);
  if (holding.length > 0 && !request.replace)
    throw new RefusedError(refused, [...holding, 'what the stores hold is moved aside, not deleted, with --replace']);

  const empty = emptyAfterwards(topology, pair, fresh);
  for (const device of fresh) operation.say(`${device}: both disks are new and get an empty file system`);
  if (empty.length > 0) operation.say(`in no dump, and empty afterwards: ${empty.join('; ')}`);
  operation.say(`lost: what was written after the dumps; cluster ${pair.cluster.name} stands still meanwhile`);
  await agreed(
    operation,
    `restore ${dumps.map(({ backup }) => backup.name).join(' and ')} on ${pair.node.name}?`,
    topology.name,
  );

  const began = operation.now();
  const steps = new RestoreSteps(operation, pair, repeatedCommand(topology, request));
  const onNode = (plan: GroupPlan): HostFacts =>
    request.on === undefined ? facts.host(plan.group.preferred) : pair.node;
  for (const plan of groups)
    for (const dump of dumps) if (plan.backups.includes(dump.backup)) await steps.bring(dump, onNode(plan));
  await steps.timers('stop', topology.backups);
  await steps.stopCluster(topology, idleFirst(topology, pair, states));
  const made = madeDevices(await steps.provision(nodes));
  for (const plan of groups) {
    const on = onNode(plan);
    await steps.run(on, `promote and mount the storage of ${plan.group.name}`, openStorage(topology, plan.group), 300);
    for (const dump of dumps.filter(({ backup }) => plan.backups.includes(backup))) {
      // A database that was made a moment ago holds nothing that anybody wrote.
      const isNew = mountsOf(plan.group).some(
        (mount) => made.has(mount.device) && holds(topology, dump, mount.directory),
      );
      await steps.fill(dump, on, request.replace || isNew);
    }
    await steps.run(
      on,
      `unmount and demote the storage of ${plan.group.name}`,
      closeStorage(topology, plan.group),
      300,
    );
  }
  await steps.startCluster(nodes);
  await steps.timers('start', topology.backups);
  await started(operation, pair, request, steps);
  operation.say(`restored after ${secondsSince(operation, began)} s`);
}

/** Groups run again, each on either node. */
async function started(operation: Operation, pair: Pair, request: RestoreRequest, steps: RestoreSteps): Promise<void> {
  const { cluster, topology } = pair;
  const initdead = Math.ceil((cluster.timing.initdead ?? 120_000) / 1000);
  const limit = request.timeout ?? handOverLimit(cluster.groups) + initdead;
  for (const group of cluster.groups) {
    const home = pair.node.id === group.preferred ? pair : { ...pair, node: pair.peer, peer: pair.node };
    const followed = await follow(operation, home, [group], limit, await lookAtBoth(operation, home));
    if (followed.end !== 'done')
      throw steps.unfinished(
        `the stores are filled, and group ${group.name} does not run on ${home.node.name} after ${followed.seconds} s`,
        stateLines({ ...pair, topology }, [group], followed.last),
      );
  }
}

function showDumps(operation: Operation, topology: Topology, lists: readonly DumpList[]): void {
  for (const { backup, dumps, unreached } of lists) {
    if (dumps.length === 0) operation.say(`${backup.name}: no dump on any host that answers`);
    for (const dump of dumps) operation.say(dumpLine(topology, dump));
    for (const host of unreached) operation.say(`  not asked: ${host}`);
  }
}

function dumpLine(topology: Topology, { backup, host, file, made, bytes }: Dump): string {
  const service = lookup(topology).service(backup.service).name;
  return `${service}: ${host.name}:${file}, ${bytes} bytes, ${ageText(Date.now() - made)} old`;
}

/** The node on which less runs comes first; both at once where nothing runs. */
function idleFirst(topology: Topology, pair: Pair, states: readonly NodeState[]): readonly (readonly HostFacts[])[] {
  const count = (state: NodeState): number =>
    pair.cluster.groups.filter((group) => groupState(topology, group, state).is !== 'stopped').length;
  if (states.every((state) => count(state) === 0)) return [states.map((state) => state.host)];
  return [...states].sort((a, b) => count(a) - count(b)).map((state) => [state.host]);
}

/** Whether the store of a dump lies below a mount. */
function holds(topology: Topology, { backup }: Dump, directory: string): boolean {
  const { settings } = lookup(topology).service(backup.service);
  const data = 'dataDirectory' in settings ? settings.dataDirectory : '';
  return covers(directory, data);
}

/** A repeated run finds file systems that the first one made, so it may need to move aside what is in them. */
function repeatedCommand(topology: Topology, { service, from, on }: RestoreRequest): string {
  return [
    `tandem restore ${topology.name}`,
    ...(service === undefined ? [] : [`--service ${service}`]),
    ...(from === 'latest' ? [] : [`--from ${from}`]),
    ...(on === undefined ? [] : [`--on ${on}`]),
    '--replace',
  ].join(' ');
}

/** Of equal copies the one that lies where it is needed. */
function nearest(topology: Topology, { backup, dumps }: DumpList, chosen: Dump, on: string | undefined): Dump {
  const facts = lookup(topology);
  const home = facts.groupOf(backup.service)?.group.preferred;
  return (
    dumps.find(
      ({ file, host, bytes }) =>
        file === chosen.file && bytes === chosen.bytes && (on === undefined ? host.id === home : host.name === on),
    ) ?? chosen
  );
}
