import { onOneKernel } from '../../../topology/mail-queues';
import type { Topology } from '../../../topology/topology';
import { agreed, RefusedError, UnfinishedError, type Operation } from '../../pair/operation';
import { handOverCommand } from '../hand-over-command';
import { mailMoveOf, STARTING, type MailMove, type MailSwitchRequest } from './mail-move';
import { queueOnHost, queueText, type QueueOnHost } from './queue-on-host';
import { startAway } from './steps';

/** What a forced switch of a queue is asked for. */
export interface ForcedMailSwitchRequest extends MailSwitchRequest {
  /** Name of the host that somebody has seen to be off. */
  readonly confirmOff?: string;
}

/**
 * Lets the peer of a mail server deliver its queue when its host is lost, and an operator decides (S4, F16). The owner has
 * to be dead: two writers destroy a queue. Its lock tells it where both run on one kernel.
 * @throws RefusedError with every reason, and nothing was changed
 * @throws UnfinishedError when the queue is not served after all
 */
export async function forcedMailSwitch(
  operation: Operation,
  topology: Topology,
  request: ForcedMailSwitchRequest,
): Promise<void> {
  const move = mailMoveOf(topology, request);
  const { server, to, home } = move;
  if (to === home)
    throw new RefusedError('nothing was changed', [
      `${home.name} is the own host of ${server.name}: it gets its queue back without --forced`,
    ]);
  operation.say(`looking at the queue of ${server.name} on ${to.name} and ${home.name}`);
  const [there, owner] = await Promise.all([to, home].map((host) => queueOnHost(operation, host, server.name)));
  if (!there || !owner) return;
  if (there.reached && there.state === 'running') {
    operation.say(`${to.name} serves the queue of ${server.name} already; nothing to do`);
    return;
  }
  const reasons = obstacles(topology, move, request, there, owner);
  if (reasons.length > 0)
    throw new RefusedError(`${to.name} may not take the queue of ${server.name}; nothing was changed`, reasons);
  operation.say(`${queueText(home, owner)}; nobody has the lock of the queue`);
  operation.say(
    `nothing that was accepted is lost; what was being delivered may come twice, ${server.processLimit} messages at most`,
  );
  await agreed(operation, `let ${to.name} deliver the queue of ${server.name}?`, to.name);
  const started = await startAway(operation, move, request.timeout ?? STARTING);
  if (!started.done)
    throw new UnfinishedError(
      `nobody serves the queue of ${server.name}`,
      [started.reason],
      [`on ${to.name}: tandem-mail-queue start ${server.name}`, `tandem status ${topology.name}`],
    );
  operation.say(
    `${to.name} delivers the queue of ${server.name}; when ${home.name} is back: ${handOverCommand(topology, server.name, home.name)}`,
  );
}

function obstacles(
  topology: Topology,
  { server, to, home }: MailMove,
  { confirmOff }: ForcedMailSwitchRequest,
  there: QueueOnHost,
  owner: QueueOnHost,
): readonly string[] {
  const reasons: string[] = [];
  if (confirmOff !== undefined && confirmOff !== home.name)
    reasons.push(`--confirm-off names ${confirmOff}, and the host of ${server.name} is ${home.name}`);
  if (owner.reached)
    reasons.push(
      `${home.name} answers: switch without --forced, and it finishes its deliveries first (${handOverCommand(topology, server.name, to.name)})`,
    );
  if (!there.reached || there.state === 'unknown') reasons.push(queueText(to, there));
  else if (there.state === 'held')
    reasons.push(
      `somebody has the lock of the queue: ${home.name} lives, or hangs; end it first (a container: docker kill), and the lock is free`,
    );
  else if (!onOneKernel(topology, server) && confirmOff === undefined)
    reasons.push(
      `the lock in the queue says nothing of another kernel: see that ${home.name} is off, then add --confirm-off ${home.name}`,
    );
  return reasons;
}
