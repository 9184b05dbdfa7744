import type { ResourceGroupFacts } from '../../topology/cluster';
import { standbyRequest } from '../../topology/standby-request';
import type { Topology } from '../../topology/topology';
import { groupState } from '../pair/group-state';
import { lookAtBoth, type NodeLook } from '../pair/node-look';
import { agreed, RefusedError, UnfinishedError, type Operation } from '../pair/operation';
import { groupNamed, heartbeatWord, pairOf, type Pair } from '../pair/pair';
import { HOST_PATH } from '../pair/probe';
import { handOverLimit } from '../pair/time-limit';
import { carryOut, type Step } from './carry-out';
import { stateLines, type Followed } from './follow';
import { claims, obstacles } from './readiness';
import { takeGroups } from './start-group';

/** What a switch is asked for. */
export interface SwitchRequest {
  /** Name of the node that shall run the groups. */
  readonly to: string;
  /** Only this group, and what can not be moved without it. @default - all groups of the cluster */
  readonly group?: string;
  /** Seconds after which it counts as stuck. @default - from the number of members */
  readonly timeout?: number;
}

/**
 * Hands groups from the node that runs them to the other one, by heartbeat's own means, while both are well.
 * @throws RefusedError with every reason when a precondition is missing, and nothing was changed
 * @throws UnfinishedError with the state when the groups do not run there in time
 */
export async function plannedSwitch(operation: Operation, topology: Topology, request: SwitchRequest): Promise<void> {
  const pair = pairOf(topology, request.to);
  const { node, peer } = pair;
  operation.say(`looking at ${node.name} and ${peer.name}`);
  const looks = await lookAtBoth(operation, pair);
  const [there, from] = looks;
  const wanted = wantedGroups(pair, request.group);
  const moving = wanted.filter((group) => !(there.reached && groupState(topology, group, there).is === 'running'));
  if (moving.length === 0) {
    operation.say(`${names(wanted)} runs on ${node.name} already; nothing to do`);
    return;
  }
  const reasons = obstacles(pair, moving, there, from);
  if (reasons.length > 0)
    throw new RefusedError(`${names(moving)} can not be handed to ${node.name}; nothing was changed`, [
      ...reasons,
      ...(from.reached ? [] : [`if ${peer.name} is lost: tandem switch ${topology.name} --forced --to ${node.name}`]),
    ]);
  const limit = request.timeout ?? handOverLimit(moving);
  operation.say(`${names(moving)} goes to ${node.name}; its services are not there meanwhile (limit ${limit} s)`);
  const uninvited = moving.filter((group) => request.group !== undefined && group.name !== request.group);
  if (uninvited.length > 0)
    operation.say(`heartbeat can not move ${request.group} without ${names(uninvited)}: both are at home on one node`);
  await agreed(operation, `hand ${names(moving)} to ${node.name}?`, node.name);
  const step = handOver(pair, moving, there, from);
  operation.say(`${step.on.name}: ${step.says}`);
  const followed = await carryOut(operation, pair, moving, step, limit, looks);
  if (followed.end === 'done') {
    const interruption =
      followed.interruption === undefined
        ? ''
        : `, of which the services were interrupted for about ${followed.interruption} s`;
    operation.say(`${names(moving)} runs on ${node.name} after ${followed.seconds} s${interruption}`);
    return;
  }
  throw unfinished(pair, moving, followed, [
    `see /var/log/ha-log on ${node.name} and ${peer.name}: heartbeat goes on by itself and logs each step`,
    statusCommand(topology),
    `to ask for the way back: tandem switch ${topology.name} --to ${peer.name}`,
  ]);
}

/** Groups at home on one node can not be told apart by hb_standby. */
function wantedGroups({ cluster }: Pair, name: string | undefined): readonly ResourceGroupFacts[] {
  if (name === undefined) return cluster.groups;
  const group = groupNamed(cluster, name);
  return cluster.groups.filter((one) => one.preferred === group.preferred);
}

/** The way by heartbeat's own means: the other node gives up what it has, or this one starts what it claims to have. */
function handOver(
  pair: Pair,
  groups: readonly ResourceGroupFacts[],
  node: NodeLook,
  peer: NodeLook,
): Step & { readonly says: string } {
  const claimedHere = node.reached && groups.every((group) => claims(group, node));
  const runsThere = peer.reached && groups.some((group) => groupState(pair.topology, group, peer).is !== 'stopped');
  if (claimedHere && !runsThere)
    return {
      on: pair.node,
      command: takeGroups(pair, groups),
      waits: true,
      says: 'heartbeat claims the group and runs nothing; starting it with its ResourceManager',
    };
  const words = new Set(groups.map((group) => heartbeatWord(group, pair.peer)));
  const [word] = words;
  const what = words.size > 1 || word === undefined ? 'all' : word;
  return {
    on: pair.peer,
    command: `${HOST_PATH}\n${standbyRequest(what)}`,
    waits: false,
    says: `hb_standby ${what}`,
  };
}

/** The error for a switch that was begun and has not ended. */
export function unfinished(
  pair: Pair,
  groups: readonly ResourceGroupFacts[],
  followed: Followed,
  next: readonly string[],
): UnfinishedError {
  const why =
    followed.end === 'interrupted'
      ? `interrupted after ${followed.seconds} s`
      : `${names(groups)} does not run on ${pair.node.name} after ${followed.seconds} s${followed.failure === undefined ? '' : ` (${followed.failure})`}`;
  return new UnfinishedError(why, stateLines(pair, groups, followed.last), next);
}

/** `group a`, `groups a and b`. */
export function names(groups: readonly ResourceGroupFacts[]): string {
  return `group${groups.length === 1 ? '' : 's'} ${groups.map((group) => group.name).join(' and ')}`;
}

/** The command that shows the state. */
export const statusCommand = (topology: Topology): string => `tandem status ${topology.name}`;
