import type { Topology } from '../../../topology/topology';
import type { StatusFinding } from '../../status/assess/finding';
import { copiesOf, failoverGroupOf } from '../copies';
import { directoryStatus, type DirectoryStatus } from './copy-status';
import { dumpFindings, dumpStatuses, type DumpLook } from './dumps';
import { directoryFindings } from './findings';
import type { CopyLook } from './look';

/** Judges all directories. Pure: the same looks give the same statuses. */
export function assessDirectories(
  topology: Topology,
  looks: readonly CopyLook[],
  time: Date,
  dumps: readonly DumpLook[] = [],
): { readonly directories: readonly DirectoryStatus[]; readonly findings: readonly StatusFinding[] } {
  const found = topology.directories.map((directory) => {
    const copies = copiesOf(topology, directory);
    const status = directoryStatus(
      directory,
      copies,
      failoverGroupOf(topology, directory),
      looks,
      time,
      dumpStatuses(topology, directory.id, dumps, time),
    );
    return {
      status,
      findings: [...directoryFindings(topology, directory, status), ...dumpFindings(status.path, status.dumps)],
    };
  });
  return {
    directories: found.map(({ status }) => status),
    findings: found.flatMap(({ findings }) => findings),
  };
}
