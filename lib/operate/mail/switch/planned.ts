import type { Topology } from '../../../topology/topology';
import { agreed, RefusedError, UnfinishedError, type Operation } from '../../pair/operation';
import { handOverCommand } from '../hand-over-command';
import { mailMoveOf, STARTING, type MailMove, type MailSwitchRequest } from './mail-move';
import { queueOnHost, queueText, type QueueOnHost } from './queue-on-host';
import { startAway, startHome, stopAway, stopHome, type Done } from './steps';

/**
 * Hands the queue of a mail server to its peer, for work on its host, or gives it back (S4). Where it is stops first and
 * finishes its deliveries, so that nothing is delivered twice.
 * @throws RefusedError and nothing was changed, or all is as it was
 * @throws UnfinishedError when nobody serves the queue
 */
export async function plannedMailSwitch(
  operation: Operation,
  topology: Topology,
  request: MailSwitchRequest,
): Promise<void> {
  const move = mailMoveOf(topology, request);
  const { server, to, from, home } = move;
  operation.say(`looking at the queue of ${server.name} on ${to.name} and ${from.name}`);
  const [there, here] = await Promise.all([to, from].map((host) => queueOnHost(operation, host, server.name)));
  if (!there || !here) return;
  const reasons = obstacles(topology, move, there, here);
  if (reasons.length > 0)
    throw new RefusedError(`${to.name} can not get the queue of ${server.name}; nothing was changed`, reasons);
  if (isRunning(there)) {
    operation.say(`${to.name} serves the queue of ${server.name} already; nothing to do`);
    return;
  }
  operation.say(
    to === home
      ? `${from.name} gives the queue back; ${server.name} takes mail again when it has it`
      : `${server.name} takes no mail from then on: senders go to its peer, which has the mail of both`,
  );
  await agreed(operation, `let ${to.name} serve the queue of ${server.name}?`, to.name);
  const since = operation.now();
  const limit = request.timeout ?? STARTING;
  if (to === home) await giveBack(operation, topology, move, here, limit);
  else await handOver(operation, topology, move, limit);
  const seconds = ((operation.now() - since) / 1000).toFixed(1);
  operation.say(`${to.name} serves the queue of ${server.name}; nobody did for ${seconds} s at most`);
  if (to !== home) operation.say(`the way back: ${handOverCommand(topology, server.name, home.name)}`);
}

const isRunning = (queue: QueueOnHost): boolean => queue.reached && queue.state === 'running';

function obstacles(
  topology: Topology,
  { server, to, from, home }: MailMove,
  there: QueueOnHost,
  here: QueueOnHost,
): readonly string[] {
  const reasons: string[] = [];
  if (!there.reached || there.state === 'unknown') reasons.push(queueText(to, there));
  if (isRunning(there) && isRunning(here))
    reasons.push(`both hosts run it: tandem-mail-queue stop ${server.name} on one`);
  // Its lock says enough of a peer that is lost.
  if (to !== home && (!here.reached || here.state === 'unknown'))
    reasons.push(`${queueText(from, here)}; if it is dead: ${handOverCommand(topology, server.name, to.name, true)}`);
  if (there.reached && there.state === 'held' && !isRunning(here))
    reasons.push(
      `another process has the lock of the queue, and ${from.name} does not run it: look for one that hangs`,
    );
  return reasons;
}

async function handOver(operation: Operation, topology: Topology, move: MailMove, limit: number): Promise<void> {
  const { server, to, home } = move;
  const stopped = await stopHome(operation, move);
  if (!stopped.done) {
    await startHome(operation, move, limit);
    throw new RefusedError(`${home.name} did not give the queue of ${server.name} away, and serves it again`, [
      stopped.reason,
    ]);
  }
  operation.say(`${home.name}: has finished its deliveries, and stopped`);
  const started = await startAway(operation, move, limit);
  if (started.done) return;
  const back = await startHome(operation, move, limit);
  if (back.done)
    throw new RefusedError(`${to.name} did not take the queue of ${server.name}, and ${home.name} serves it again`, [
      started.reason,
    ]);
  throw nobody(topology, move, [started, back]);
}

async function giveBack(
  operation: Operation,
  topology: Topology,
  move: MailMove,
  here: QueueOnHost,
  limit: number,
): Promise<void> {
  const { server, from, home } = move;
  if (isRunning(here)) {
    const stopped = await stopAway(operation, move);
    if (!stopped.done)
      throw new RefusedError(`${from.name} did not give the queue of ${server.name} back`, [stopped.reason]);
    operation.say(`${from.name}: has finished its deliveries, and stopped`);
  }
  const started = await startHome(operation, move, limit);
  if (started.done) return;
  // Delivered is better than taken.
  const again = here.reached ? await startAway(operation, move, limit) : started;
  if (again.done)
    throw new RefusedError(`${home.name} did not take the queue of ${server.name}, and ${from.name} serves it again`, [
      started.reason,
    ]);
  throw nobody(topology, move, [started, again]);
}

function nobody(topology: Topology, { server, from, to }: MailMove, tried: readonly Done[]): UnfinishedError {
  return new UnfinishedError(
    `nobody serves the queue of ${server.name}`,
    tried.flatMap((one) => (one.done ? [] : [one.reason])),
    [
      `on ${to.name} or ${from.name}: tandem-mail-queue start ${server.name}; its log says what is wrong`,
      `tandem status ${topology.name}`,
    ],
  );
}
