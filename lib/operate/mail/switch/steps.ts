import { instanceUnit, QUEUE_PROGRAM, QUEUE_WANTED } from '../../../topology/mail-instances';
import { shellWord } from '../../../topology/shell-word';
import type { HostFacts } from '../../../topology/site';
import { outcomeOf, secondsSince, type Operation } from '../../pair/operation';
import { HOST_PATH } from '../../pair/probe';
import { lastLines } from '../../remote/remote';
import type { MailMove } from './mail-move';
import { queueOnHost, queueText } from './queue-on-host';

/** Whether a step came to what it is for. */
export type Done = { readonly done: true } | { readonly done: false; readonly reason: string };

/** Seconds for a stop: it waits for deliveries that are under way. */
const STOPPING = 60;

/** Milliseconds between two looks. */
const POLL = 200;

/** Whatever looks after a server at home, by its unit, leaves it alone until it is to start again. */
export function stopHome(operation: Operation, { server, home }: MailMove): Promise<Done> {
  return stop(operation, home, server.name, `systemctl stop ${shellWord(instanceUnit(server))}`);
}

/** Ends the instance on the host of the peer. What watches there would take the queue of a silent server again at once. */
export function stopAway(operation: Operation, { server, home, from, to }: MailMove): Promise<Done> {
  const away = home === to ? from : to;
  const wanted = `: >${shellWord(`${server.queue.directory}/${QUEUE_WANTED}`)}`;
  return stop(operation, away, server.name, `${wanted}\n${QUEUE_PROGRAM} stop ${shellWord(server.name)}`);
}

/** Starts it at home. What looks after it may have to ask for the queue first. */
export function startHome(operation: Operation, { server, home }: MailMove, limit: number): Promise<Done> {
  return start(operation, home, server.name, `systemctl start ${shellWord(instanceUnit(server))}`, limit);
}

/** Starts it on the host of the peer, where it delivers and takes nothing. */
export function startAway(operation: Operation, { server, home, from, to }: MailMove, limit: number): Promise<Done> {
  const away = home === to ? from : to;
  return start(operation, away, server.name, `${QUEUE_PROGRAM} start ${shellWord(server.name)}`, limit);
}

async function stop(operation: Operation, host: HostFacts, server: string, command: string): Promise<Done> {
  const outcome = await outcomeOf(operation, host, `${HOST_PATH}\n${command}`, { timeout: STOPPING });
  const after = await queueOnHost(operation, host, server);
  if (after.reached && (after.state === 'stopped' || after.state === 'held')) return { done: true };
  return { done: false, reason: reasonOf(outcome.stderr, queueText(host, after)) };
}

async function start(
  operation: Operation,
  host: HostFacts,
  server: string,
  command: string,
  limit: number,
): Promise<Done> {
  const since = operation.now();
  const outcome = await outcomeOf(operation, host, `${HOST_PATH}\n${command}`, { timeout: limit });
  for (;;) {
    const after = await queueOnHost(operation, host, server);
    if (after.reached && after.state === 'running') return { done: true };
    if (outcome.status !== 0 || secondsSince(operation, since) >= limit || operation.interrupted.aborted)
      return { done: false, reason: reasonOf(outcome.stderr, queueText(host, after)) };
    await operation.pause(POLL);
  }
}

const reasonOf = (said: string, state: string): string =>
  [state, ...lastLines(said, 1).filter((line) => line !== '')].join('; ');
