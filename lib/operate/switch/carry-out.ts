import type { ResourceGroupFacts } from '../../topology/cluster';
import type { HostFacts } from '../../topology/site';
import type { NodeLook } from '../pair/node-look';
import type { Operation } from '../pair/operation';
import type { Pair } from '../pair/pair';
import { follow, type Followed } from './follow';
import { lastLines } from '../remote/remote';

/** A command on a node that makes groups run on the pair's node. */
export interface Step {
  readonly on: HostFacts;
  readonly command: string;
  /** The command ends when the groups run, or when they do not; else it ends at once. */
  readonly waits: boolean;
}

/** Seconds for a command that only asks for something. */
const ASKING = 60;

/** Runs the command and shows what happens until the groups run, the time is over, or the command fails. */
export async function carryOut(
  operation: Operation,
  pair: Pair,
  groups: readonly ResourceGroupFacts[],
  step: Step,
  limit: number,
  first: readonly [NodeLook, NodeLook],
): Promise<Followed> {
  let failure: string | undefined;
  const run = operation.remote.run(step.on, step.command, { timeout: step.waits ? limit : ASKING }).then(
    ({ status, stderr }) => {
      if (status !== 0) failure = `the command ended with ${status}: ${lastLines(stderr).join(' ')}`;
    },
    (error: unknown) => {
      failure = (error as Error).message;
    },
  );
  const followed = await follow(operation, pair, groups, limit, first, () => failure);
  // The last that heartbeat starts is the watcher, which no look shows.
  if (followed.end === 'done') await run;
  return followed;
}
