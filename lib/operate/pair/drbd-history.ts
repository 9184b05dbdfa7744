import type { DrbdResourceFacts } from '../../topology/drbd';
import type { HostFacts } from '../../topology/site';
import { UnreachableError } from '../remote/remote';
import type { Operation } from './operation';
import { HOST_PATH } from './probe';

/** What the kernel log of a node says of a resource, with the times that the node wrote; absent: nothing is known. */
export interface DrbdHistory {
  /** When it was connected to its peer for the last time. */
  readonly disconnected?: string;
  /** When its disk was marked as outdated. */
  readonly outdated?: string;
  /** When it found a split brain. */
  readonly split?: string;
  /** When it became primary and secondary since it was disconnected. */
  readonly roles: readonly string[];
}

const COMMAND = `${HOST_PATH}
{ journalctl -q _TRANSPORT=kernel --no-pager -o short-iso --grep drbd 2>/dev/null || cat /var/log/kern.log.1 /var/log/kern.log 2>/dev/null; } |
grep -E 'conn\\( [A-Za-z]+ -> |disk\\( [A-Za-z]+ -> Outdated|Split-Brain detected|role\\( ' | tail -n 400`;

/** Reads the kernel log of a node. What can not be read is not known, and no error. */
export async function drbdHistory(
  operation: Pick<Operation, 'remote'>,
  host: HostFacts,
  resources: readonly DrbdResourceFacts[],
): Promise<ReadonlyMap<string, DrbdHistory>> {
  try {
    const { stdout } = await operation.remote.run(host, COMMAND, { timeout: 60 });
    return new Map(resources.map((resource) => [resource.name, historyOf(resource, stdout)]));
  } catch (error) {
    if (error instanceof UnreachableError) return new Map();
    throw error;
  }
}

/** The history of one resource in the lines of a kernel log. */
export function historyOf(resource: DrbdResourceFacts, log: string): DrbdHistory {
  const devices = resource.volumes.map(({ minor }) => `block drbd${minor}:`);
  const own = [`drbd ${resource.name}:`, ...devices];
  let history: DrbdHistory = { roles: [] };
  for (const line of log.split('\n')) {
    if (!own.some((name) => line.includes(` ${name} `))) continue;
    const time = /^\S+/.exec(line)?.[0] ?? '';
    if (
      /conn\( (Connected|SyncSource|SyncTarget|Ahead|Behind) -> /.test(line) &&
      !/-> (Sync|Paused|Verify|Conn)/.test(line)
    )
      history = { ...history, disconnected: time, roles: [] };
    if (/disk\( [A-Za-z]+ -> Outdated/.test(line)) history = { ...history, outdated: time };
    if (/Split-Brain detected/.test(line)) history = { ...history, split: time };
    const role = /role\( \S+ -> (\S+) \)/.exec(line)?.[1];
    if (role !== undefined) history = { ...history, roles: [...history.roles, `${role} at ${time}`] };
  }
  return history;
}
