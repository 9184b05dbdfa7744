import type { BackupFacts } from '../../topology/backup';
import { directoryDumps } from '../../topology/directory-dumps';
import { lookup } from '../../topology/lookup';
import type { ServiceFacts } from '../../topology/service';
import type { Topology } from '../../topology/topology';
import type { ConstructPath, EntityId, Milliseconds } from '../../topology/units';
import { dataDirectory } from '../directory-server/places';
import { instanceName, suffixOf } from '../ds389/words';
import { FormatError } from '../format-error';
import { monitorUnit } from '../monitoring/names';
import { mountCovering } from '../systemd/mounts';
import { unitsOf } from '../../topology/service-units';
import { backupsOf } from './backups-of';
import { copyAddress } from './copy-address';

/** A store whose files the host has, with what its programs must be told. */
export type LocalStore =
  | { readonly kind: 'ldif'; readonly suffix: string; readonly dataDirectory: string }
  | { readonly kind: 'sql'; readonly version: string; readonly port: number; readonly dataDirectory: string };

/** The store that is dumped: of an instance of 389 Directory Server, the server itself gives the dump. */
export type BackupStore = LocalStore | { readonly kind: 'ds389'; readonly suffix: string; readonly instance: string };

/** A regular dump as one host carries it out. */
export interface HostBackup {
  readonly source: ConstructPath;
  readonly name: string;
  readonly store: BackupStore;
  readonly directory: string;
  readonly copies: number;
  readonly interval: Milliseconds;
  /** Where the state of the service is mounted on the node that runs it; absent: it is not on a mount of its group. */
  readonly mountPoint?: string;
  /** Units that must not run while the store is restored; the one that starts the service is the first. */
  readonly units: readonly string[];
  /** The copies of a directory are filled together, from outside (`tandem restore`), and not by the host. */
  readonly filledTogether?: boolean;
  /** The watcher of the group, where it has one. */
  readonly monitor?: string;
  /** The nodes that get a copy. */
  readonly peers: readonly { readonly name: string; readonly address: string }[];
}

/** Whether the host itself fills the store from a dump. */
export function isFilledHere(backup: HostBackup): backup is HostBackup & { readonly store: LocalStore } {
  return backup.filledTogether !== true;
}

/** The dumps that a host takes part in, in the topology's order. */
export function build(topology: Topology, host: EntityId): readonly HostBackup[] {
  return [
    ...backupsOf(topology, host).map((backup) => hostBackup(topology, host, backup)),
    ...directoryDumps(topology)
      .filter(({ server }) => server.host === host)
      .map(({ directory, server, dump }): HostBackup => {
        const { path, name, copies, interval } = dump;
        return {
          ...{ source: path, name, copies, interval, directory: dump.directory },
          store:
            server.engine === 'ds389'
              ? { kind: 'ds389', suffix: suffixOf(directory), instance: instanceName(server) }
              : { kind: 'ldif', suffix: directory.suffix, dataDirectory: dataDirectory(directory) },
          units: [],
          peers: [],
          filledTogether: true,
        };
      }),
  ];
}

function hostBackup(topology: Topology, host: EntityId, backup: BackupFacts): HostBackup {
  const facts = lookup(topology);
  const service = facts.service(backup.service);
  const store = FormatError.naming(backup.path, () => storeOf(backup, service));
  const managed = facts.groupOf(service.id);
  const peers = backup.hosts
    .filter((other) => other !== host)
    .map((other) => ({ name: facts.host(other).name, address: addressOf(topology, host, other, backup) }));
  return {
    source: backup.path,
    name: backup.name,
    store,
    directory: backup.directory,
    copies: backup.copies,
    interval: backup.interval,
    mountPoint: managed && mountCovering(managed.group, store.dataDirectory)?.directory,
    units: unitsOf(service),
    monitor: managed?.cluster.monitoring && monitorUnit(managed.group.name),
    peers,
  };
}

function storeOf(backup: BackupFacts, { settings, unit, ports }: ServiceFacts): LocalStore {
  if (backup.kind === 'ldif' && settings.kind === 'openldap')
    return { kind: 'ldif', suffix: settings.suffix, dataDirectory: settings.dataDirectory };
  if (backup.kind === 'sql' && settings.kind === 'postgresql') {
    const port = ports.find(({ protocol }) => protocol === 'tcp')?.port ?? 5432;
    return { kind: 'sql', version: settings.version, port, dataDirectory: settings.dataDirectory };
  }
  throw new FormatError({
    format: 'backup',
    what: `a dump of kind '${backup.kind}'`,
    problem: `can not be made of ${unit}`,
    remedy: "use 'ldif' for OpenLDAP and 'sql' for PostgreSQL",
    value: settings.kind,
  });
}

function addressOf(topology: Topology, host: EntityId, peer: EntityId, backup: BackupFacts): string {
  const address = copyAddress(topology, host, peer);
  if (address !== undefined) return address;
  throw new FormatError(
    {
      format: 'backup',
      what: 'a copy of the dumps',
      problem: `has no network from ${host} to the host it goes to`,
      remedy: 'give both hosts an interface on one network',
      value: peer,
    },
    backup.path,
  );
}
