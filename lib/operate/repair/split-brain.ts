import type { DrbdResourceFacts } from '../../topology/drbd';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { drbdHistory } from '../pair/drbd-history';
import { groupState } from '../pair/group-state';
import { lookAtBoth, volumesOf, type NodeState } from '../pair/node-look';
import {
  agreed,
  isInterrupted,
  outcomeOf,
  RefusedError,
  secondsSince,
  UnfinishedError,
  type Operation,
} from '../pair/operation';
import { pairOf, resourcesOf, type Pair } from '../pair/pair';
import { HOST_PATH } from '../pair/probe';
import { shellWord } from '../../topology/shell-word';
import { saveCommand } from './save';
import { connectionOf, inStep, sideLine } from './sides';
import { timeStamp } from '../time-stamp';

/** What a repair is asked for. */
export interface RepairRequest {
  /** Name of the node whose changes since the split are given up. */
  readonly discard: string;
  /** @default - all that are split */
  readonly resource?: string;
  /** Directory on that node that gets a copy of what is discarded. */
  readonly save?: string;
  /** Show both sides and change nothing. */
  readonly show: boolean;
  /** Seconds that the resync may take. */
  readonly timeout: number;
}

const BETWEEN = 2_000;

/** Seconds after which a resource that is still StandAlone has refused the repair. */
const SETTLED = 30;

/**
 * Ends a split brain: the copy of one node is discarded and made anew from the other one.
 * @throws RefusedError with every reason, and nothing was changed
 * @throws UnfinishedError with the state
 */
export async function repairSplitBrain(
  operation: Operation,
  topology: Topology,
  request: RepairRequest,
): Promise<void> {
  const pair = pairOf(topology, request.discard);
  const { node: loser, peer: winner } = pair;
  const candidates = resourcesIn(pair, request.resource);
  operation.say(`looking at ${loser.name} and ${winner.name}`);
  const [losing, winning] = await lookAtBoth(operation, pair);
  const refused = `no split brain was repaired in ${topology.name}; nothing was changed`;
  if (!losing.reached || !winning.reached)
    throw new RefusedError(
      refused,
      [losing, winning].flatMap((look) => (look.reached ? [] : [`${look.host.name} does not answer: ${look.reason}`])),
    );
  const states = [losing, winning];
  const split = candidates.filter((resource) => connectionOf(resource, states) === 'split');
  const apart = candidates.filter((resource) => connectionOf(resource, states) === 'apart');
  for (const resource of apart)
    operation.say(`${resource.name}: not connected, and no split brain was found: look at the replication link first`);
  if (split.length === 0) {
    if (apart.length > 0)
      throw new RefusedError(
        refused,
        apart.map(({ name }) => `${name} is not connected`),
      );
    operation.say('no resource is split; nothing to do');
    return;
  }
  const [ofLoser, ofWinner] = await Promise.all([
    drbdHistory(operation, loser, split),
    drbdHistory(operation, winner, split),
  ]);
  for (const resource of split) {
    const found = ofLoser.get(resource.name)?.split ?? ofWinner.get(resource.name)?.split;
    operation.say(
      `${resource.name}: ${found === undefined ? 'StandAlone, no split brain is in the kernel logs' : `split brain found at ${found}`}`,
    );
    operation.say(`  keep     ${sideLine(topology, resource, winning, ofWinner.get(resource.name))}`);
    operation.say(`  discard  ${sideLine(topology, resource, losing, ofLoser.get(resource.name))}`);
  }
  const { reasons, stopHeartbeat } = useOf(pair, split, losing, winning);
  if (reasons.length > 0) throw new RefusedError(refused, reasons);
  if (request.show) return;
  if (stopHeartbeat)
    operation.say(
      `both nodes run the group: heartbeat on ${loser.name} is stopped, and clients there lose what they write now`,
    );
  operation.say(
    request.save === undefined
      ? `what only ${loser.name} has is gone afterwards; --save DIRECTORY keeps a copy`
      : `what ${loser.name} has is saved below ${request.save} on ${loser.name} first`,
  );
  await agreed(
    operation,
    `discard the changes of ${loser.name} on ${split.map(({ name }) => name).join(', ')}?`,
    loser.name,
  );

  const run = runner(operation, pair, split);
  if (stopHeartbeat) await run(loser, 'systemctl stop heartbeat.service', 600);
  for (const { name } of split) await run(loser, `drbdadm secondary ${shellWord(name)}`);
  // All is saved before anything is given up.
  for (const resource of request.save === undefined ? [] : split) {
    const command = saveCommand(topology, resource, loser, request.save ?? '', timeStamp(new Date()));
    const saved = await run(loser, command, request.timeout);
    for (const file of saved.split('\n').filter((line) => line !== '')) operation.say(`${loser.name}: saved ${file}`);
  }
  for (const resource of split) {
    const name = shellWord(resource.name);
    // One that is StandAlone answers that it has no connection: that is what is wanted.
    await run(loser, `drbdadm disconnect ${name} 2>/dev/null; drbdadm connect --discard-my-data ${name}`);
    if (volumesOf(resource, winning).some((volume) => volume.connection === 'StandAlone'))
      await run(winner, `drbdadm connect ${name}`);
  }
  await resync(operation, pair, split, request);
  await run(loser, `drbdadm adjust ${split.map(({ name }) => name).join(' ')}`);
  if (stopHeartbeat) await run(loser, 'systemctl start --no-block heartbeat.service');
  operation.say(`${split.map(({ name }) => name).join(', ')}: the same on both nodes again`);
}

function resourcesIn({ topology, cluster }: Pair, name: string | undefined): readonly DrbdResourceFacts[] {
  const all = topology.drbdResources.filter((resource) =>
    resource.peers.every((peer) => cluster.nodes.includes(peer.host)),
  );
  if (name === undefined) return all;
  const found = all.filter((resource) => resource.name === name);
  if (found.length > 0) return found;
  throw new RefusedError(`cluster ${cluster.name} has no DRBD resource '${name}'`, [
    `name one of: ${all.map((resource) => resource.name).join(', ')}`,
  ]);
}

/** Whether the discarded side is in use: nobody's open files are thrown away unless there is no other end. */
function useOf(
  pair: Pair,
  split: readonly DrbdResourceFacts[],
  losing: NodeState,
  winning: NodeState,
): { readonly reasons: readonly string[]; readonly stopHeartbeat: boolean } {
  const { topology, cluster, node: loser, peer: winner } = pair;
  const reasons: string[] = [];
  let stopHeartbeat = false;
  for (const group of cluster.groups) {
    if (!resourcesOf(topology, group).some((resource) => split.includes(resource))) continue;
    const [here, there] = [groupState(topology, group, losing).is, groupState(topology, group, winning).is];
    if (here === 'stopped') continue;
    if (there === 'running') stopHeartbeat = true;
    else
      reasons.push(
        `group ${group.name} runs on ${loser.name}, the side to discard, and not on ${winner.name}: discard ${winner.name} ` +
          `instead, or hand the group over first`,
      );
  }
  for (const resource of split)
    if (volumesOf(resource, winning).some(({ disk }) => disk !== 'UpToDate' && disk !== 'Consistent'))
      reasons.push(`${resource.name} is not whole on ${winner.name}, the side to keep: see 'cat /proc/drbd' there`);
  return { reasons, stopHeartbeat };
}

/** Runs a command of the repair; a failure says where the repair stands. */
function runner(
  operation: Operation,
  { topology, node: loser }: Pair,
  split: readonly DrbdResourceFacts[],
): (host: HostFacts, command: string, timeout?: number) => Promise<string> {
  return async (host, command, timeout = 120) => {
    const shown = command.includes('\n') ? 'saving what is discarded' : command;
    operation.say(`${host.name}: ${shown}`);
    const outcome = await outcomeOf(operation, host, `${HOST_PATH}\n${command}`, { timeout });
    if (outcome.status === 0) return outcome.stdout;
    throw new UnfinishedError(
      `'${shown}' failed on ${host.name} with ${outcome.status}; resources that were not connected before are as they were`,
      outcome.stderr.trim().split('\n').slice(-5),
      [
        `tandem repair split-brain ${topology.name} --discard ${loser.name} --show`,
        `then the same command again; it goes on with what is still split of ${split.map(({ name }) => name).join(', ')}`,
      ],
    );
  };
}

async function resync(
  operation: Operation,
  pair: Pair,
  split: readonly DrbdResourceFacts[],
  { timeout }: RepairRequest,
): Promise<void> {
  const began = operation.now();
  let shown = '';
  for (;;) {
    const looks = await lookAtBoth(operation, pair);
    const states = looks.flatMap((look) => (look.reached ? [look] : []));
    const [losing] = states;
    const seconds = secondsSince(operation, began);
    const text = split.map((resource) => progress(resource, losing)).join(', ');
    if (text !== shown) operation.say(`${String(seconds).padStart(4)} s  ${text}`);
    shown = text;
    if (states.length === 2 && split.every((resource) => inStep(resource, states))) return;
    const refused = states.length < 2 ? [] : split.filter((resource) => connectionOf(resource, states) === 'split');
    if (refused.length > 0 && seconds >= SETTLED)
      throw new UnfinishedError(
        `DRBD gave up the connection of ${refused.map(({ name }) => name).join(', ')} again after ${seconds} s`,
        [text],
        [
          `see 'dmesg | grep drbd' on ${pair.node.name} and ${pair.peer.name} for why`,
          `tandem repair split-brain ${pair.topology.name} --discard ${pair.node.name} --show`,
        ],
      );
    if (isInterrupted(operation) || seconds >= timeout)
      throw new UnfinishedError(
        `${isInterrupted(operation) ? 'interrupted' : 'the resync is not at its end'} after ${seconds} s`,
        [text],
        [
          'the resync goes on by itself; a resource that is StandAlone needs the same command again',
          `tandem status ${pair.topology.name}`,
        ],
      );
    await operation.pause(BETWEEN);
  }
}

function progress(resource: DrbdResourceFacts, losing: NodeState | undefined): string {
  const [volume] = losing ? volumesOf(resource, losing) : [];
  if (!volume) return `${resource.name} not known`;
  const percent = volume.synced === undefined ? '' : ` ${volume.synced} %`;
  return `${resource.name} ${volume.connection} ${volume.disk}${percent}`;
}
