import type { BackupFacts } from './backup';
import type { DirectoryBackupFacts, DirectoryFacts, DirectoryServerFacts } from './replication';
import { replicationGraph } from './replication-graph';
import type { Topology } from './topology';

/** What dumps of services and of directories have in common. */
export type DumpFacts = Pick<BackupFacts, 'path' | 'name' | 'kind' | 'interval' | 'copies' | 'directory' | 'hosts'>;

/** A regular dump of a directory, as the host of its server makes it (R27). */
export interface DirectoryDump {
  readonly backup: DirectoryBackupFacts;
  readonly directory: DirectoryFacts;
  readonly server: DirectoryServerFacts;
  /** Named after directory and backup: a host may dump several directories. */
  readonly dump: DumpFacts;
}

/** The dumps of directories, in the topology's order. */
export function directoryDumps(topology: Topology): readonly DirectoryDump[] {
  const graph = replicationGraph(topology);
  return topology.directoryBackups.map((backup) => {
    const [directory, server] = [graph.directory(backup.directory), graph.server(backup.server)];
    const { path, name, interval, copies, folder } = backup;
    const dump: DumpFacts = {
      ...{ path, interval, copies, kind: 'ldif', directory: folder },
      name: `${directory.name}-${name}`,
      hosts: [server.host],
    };
    return { backup, directory, server, dump };
  });
}
