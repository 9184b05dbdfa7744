import { QUEUE_PROGRAM } from '../../../topology/mail-instances';
import { shellWord } from '../../../topology/shell-word';
import type { HostFacts } from '../../../topology/site';
import type { Operation } from '../../pair/operation';
import { lastLines, UnreachableError } from '../../remote/remote';

/** The instance of a mail server on a host. */
export type QueueOnHost =
  | { readonly reached: true; readonly state: 'running' | 'stopped' | 'held' }
  | { readonly reached: true; readonly state: 'unknown'; readonly reason: string }
  | { readonly reached: false; readonly reason: string };

/** What `tandem-mail-queue status` ends with. */
const STATES = new Map<number, 'running' | 'stopped' | 'held'>([
  [0, 'running'],
  [3, 'stopped'],
  [75, 'held'],
]);

/** Seconds for a host to answer. */
const ASKING = 15;

/** Asks a host whether it runs the instance of a mail server. */
export async function queueOnHost({ remote }: Operation, host: HostFacts, server: string): Promise<QueueOnHost> {
  try {
    const { status, stderr } = await remote.run(host, `${QUEUE_PROGRAM} status ${shellWord(server)}`, {
      timeout: ASKING,
    });
    const state = STATES.get(status);
    if (state !== undefined) return { reached: true, state };
    const reason = lastLines(stderr, 1).join() || `tandem-mail-queue ended with ${status}`;
    return { reached: true, state: 'unknown', reason };
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    return { reached: false, reason: error.message };
  }
}

/** The same in words. */
export function queueText(host: HostFacts, queue: QueueOnHost): string {
  if (!queue.reached) return `${host.name} does not answer: ${queue.reason}`;
  switch (queue.state) {
    case 'running':
      return `${host.name} runs it`;
    case 'stopped':
      return `${host.name} does not run it`;
    case 'held':
      return `${host.name} sees that another one has its lock`;
    case 'unknown':
      return `${host.name} does not say whether it runs it: ${queue.reason}`;
  }
}
