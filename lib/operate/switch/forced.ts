import type { Topology } from '../../topology/topology';
import { groupState } from '../pair/group-state';
import { lookAtBoth } from '../pair/node-look';
import { agreed, outcomeOf, RefusedError, UnfinishedError, type Operation } from '../pair/operation';
import { groupNamed, pairOf, type Pair } from '../pair/pair';
import { HOST_PATH } from '../pair/probe';
import { handOverLimit } from '../pair/time-limit';
import { shellWord } from '../../topology/shell-word';
import { carryOut } from './carry-out';
import { costOf } from './cost';
import { fence, fencingDeviceOf } from './fence';
import { peerLife } from './peer-life';
import { names, statusCommand, unfinished, type SwitchRequest } from './planned';
import { startOf } from './start-group';

/** What a forced switch is asked for. */
export interface ForcedRequest extends SwitchRequest {
  /** Name of the other node: a person has seen that it is off. */
  readonly confirmOff?: string;
  /** Switch the other node off by its fencing device first. */
  readonly fence: boolean;
  /** Promote even a copy in which old and new blocks are mixed. */
  readonly acceptInconsistent: boolean;
}

/**
 * Makes groups run on a node while the other one is dead or given up, with the copy of the data that this node has.
 * It never makes two active nodes: while anything says that the other node lives, it refuses.
 * @throws RefusedError with every reason, and nothing was changed
 * @throws UnfinishedError with the state when the groups do not run in time
 */
export async function forcedSwitch(operation: Operation, topology: Topology, request: ForcedRequest): Promise<void> {
  const pair = pairOf(topology, request.to);
  const { cluster, node, peer } = pair;
  const groups = request.group === undefined ? cluster.groups : [groupNamed(cluster, request.group)];
  operation.say(`looking at ${node.name} and ${peer.name}`);
  const looks = await lookAtBoth(operation, pair);
  const [here, there] = looks;
  const refused = `${names(groups)} can not be forced onto ${node.name}; nothing was changed`;
  if (!here.reached) throw new RefusedError(refused, [`${node.name} does not answer: ${here.reason}`]);
  const wanted = groups.filter((group) => groupState(topology, group, here).is !== 'running');
  if (wanted.length === 0) {
    operation.say(`${names(groups)} runs on ${node.name} already; nothing to do`);
    return;
  }
  const life = await peerLife(operation, pair, wanted, here, there);
  const cost = await costOf(operation, pair, wanted, here, request.acceptInconsistent);
  const device = fencingDeviceOf(pair);
  const reasons = [
    ...life.alive,
    ...(life.alive.length > 0 || life.off !== undefined ? [] : notKnownOff(pair, request, device !== undefined)),
    ...cost.obstacles,
    ...(here.moving ? [`heartbeat on ${node.name} starts or stops a group right now: wait until it has ended`] : []),
  ];
  if (reasons.length > 0) throw new RefusedError(refused, reasons);

  operation.say(`${names(wanted)} will run on ${node.name} with the data that ${node.name} has:`);
  for (const line of cost.lines) operation.say(`  ${line}`);
  if (cost.force.length > 0) {
    operation.say(`what ${peer.name} wrote later stays on its disks; before they are overwritten it can be saved:`);
    operation.say(`  tandem repair split-brain ${topology.name} --discard ${peer.name} --save DIRECTORY`);
  }
  operation.say(
    life.off ??
      (request.fence
        ? `${peer.name} counts as off once its fencing device confirms`
        : `you say that ${peer.name} is off`),
  );
  await agreed(operation, `force ${names(wanted)} onto ${node.name}?`, topology.name);

  if (request.fence && device && life.off === undefined) await fence(operation, pair, device);
  for (const resource of cost.force) await declareGood(operation, pair, resource);
  const start = startOf(pair, wanted, here);
  operation.say(`${node.name}: ${start.says}`);
  const limit = request.timeout ?? handOverLimit(wanted) + start.before;
  const followed = await carryOut(operation, pair, wanted, { ...start, on: node }, limit, looks);
  if (followed.end === 'done') {
    operation.say(`${names(wanted)} runs on ${node.name} after ${followed.seconds} s`);
    operation.say(`when ${peer.name} is back, its copy may be split from this one: ${statusCommand(topology)}`);
    return;
  }
  throw unfinished(pair, wanted, followed, [
    `see /var/log/ha-log on ${node.name}: the last 'Running' line names the member that does not start`,
    `keep ${peer.name} off until then: its data and those of ${node.name} have parted`,
    statusCommand(topology),
    `once the cause is mended, the same command again`,
  ]);
}

function notKnownOff({ node, peer }: Pair, request: ForcedRequest, hasDevice: boolean): readonly string[] {
  if (request.confirmOff === peer.name || (request.fence && hasDevice)) return [];
  if (request.confirmOff !== undefined)
    return [`--confirm-off must name the other node, ${peer.name}, and not '${request.confirmOff}'`];
  if (request.fence) return [`no fencing device of the cluster can switch ${peer.name} off from ${node.name}`];
  return [
    `${peer.name} does not answer, but it may be at work behind a broken network: see that it is off and add ` +
      `--confirm-off ${peer.name}${hasDevice ? ', or let its fencing device switch it off with --fence' : ''}`,
  ];
}

/** Makes a copy count as good. It is demoted again, for heartbeat wants to promote by itself. */
async function declareGood(operation: Operation, { topology, node }: Pair, resource: string): Promise<void> {
  operation.say(`${node.name}: drbdadm primary --force ${resource}`);
  const name = shellWord(resource);
  const command = `${HOST_PATH}\ndrbdadm primary --force ${name} && { drbdadm secondary ${name} || { sleep 2; drbdadm secondary ${name}; }; }`;
  const outcome = await outcomeOf(operation, node, command, { timeout: 120 });
  if (outcome.status === 0) return;
  throw new UnfinishedError(
    `${resource} could not be declared good on ${node.name} (status ${outcome.status})`,
    outcome.stderr.trim().split('\n').slice(-5),
    [`see 'cat /proc/drbd' and 'dmesg' on ${node.name}; no service was started`, statusCommand(topology)],
  );
}
