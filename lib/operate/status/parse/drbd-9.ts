import { volumeKey, type PeerCopyState, type VolumeState } from '../facts';

/** Of `drbdsetup status --json`, what is read here; out-of-sync is in KiB. */
interface Resource {
  readonly name: string;
  readonly role: string;
  readonly suspended?: boolean;
  readonly devices?: readonly { readonly volume: number; readonly minor: number; readonly 'disk-state': string }[];
  readonly connections?: readonly Connection[];
}

interface Connection {
  readonly name?: string;
  readonly 'connection-state': string;
  readonly 'peer-role'?: string;
  readonly peer_devices?: readonly {
    readonly volume: number;
    readonly 'replication-state'?: string;
    readonly 'peer-disk-state'?: string;
    readonly 'out-of-sync'?: number;
    readonly 'percent-in-sync'?: number;
  }[];
}

/** The volumes in the output of DRBD 9, by key; nothing when it is no such output. */
export function parseDrbdsetupStatus(text: string): ReadonlyMap<string, VolumeState> {
  const volumes = new Map<string, VolumeState>();
  for (const resource of read(text))
    for (const device of resource.devices ?? [])
      volumes.set(volumeKey(resource.name, device.volume), {
        minor: device.minor,
        role: resource.role,
        disk: device['disk-state'],
        ...(resource.suspended ? { suspended: true as const } : {}),
        peers: (resource.connections ?? []).map((connection) => copy(connection, device.volume)),
      });
  return volumes;
}

function read(text: string): readonly Resource[] {
  try {
    const value = JSON.parse(text) as unknown;
    return Array.isArray(value) ? (value as readonly Resource[]) : [];
  } catch {
    return [];
  }
}

function copy(connection: Connection, volume: number): PeerCopyState {
  const device = connection.peer_devices?.find((candidate) => candidate.volume === volume);
  const replication = device?.['replication-state'] ?? 'Off';
  const state = connection['connection-state'];
  return {
    peer: connection.name,
    // DRBD 8.4 has one word for both.
    connection: state === 'Connected' && replication !== 'Established' ? replication : state,
    role: connection['peer-role'] ?? 'Unknown',
    disk: device?.['peer-disk-state'] ?? 'DUnknown',
    outOfSync: device?.['out-of-sync'] ?? 0,
    resync: /Sync(Source|Target)$/.test(replication) ? { done: device?.['percent-in-sync'] } : undefined,
  };
}
