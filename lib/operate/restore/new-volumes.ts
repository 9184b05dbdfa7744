import { PROVISION_COMMAND } from '../../topology/host-commands';
import type { HostFacts } from '../../topology/site';
import type { Operation } from '../pair/operation';

/** A replica as `tandem-provision status` shows it. */
export interface Replica {
  readonly host: string;
  /** For instance `ldap/0`. */
  readonly volume: string;
  readonly device: string;
  /** `present`, `none` on an empty device, or `unknown`. */
  readonly metadata: string;
}

/** Asks a node for its replicas. */
export async function replicasOf(operation: Pick<Operation, 'remote'>, host: HostFacts): Promise<readonly Replica[]> {
  const { stdout } = await operation.remote.run(host, `/bin/sh ${PROVISION_COMMAND} status`, { timeout: 120 });
  return parseReplicas(host.name, stdout);
}

/** Reads the lines of `tandem-provision status`. */
export function parseReplicas(host: string, text: string): readonly Replica[] {
  return text.split('\n').flatMap((line) => {
    const [, volume = '', device = '', metadata = ''] = /^(\S+): (\S+) on \S+, metadata (\S+),/.exec(line) ?? [];
    return volume === '' ? [] : [{ host, volume, device, metadata }];
  });
}

/** The devices of which no node has a copy: their file systems are made anew, and are empty. */
export function newDevices(replicas: readonly Replica[]): ReadonlySet<string> {
  const devices = new Set(replicas.map((replica) => replica.device));
  for (const { device, metadata } of replicas) if (metadata !== 'none') devices.delete(device);
  return devices;
}

/** The devices on which `tandem-provision initialize` says that it made a file system. */
export function madeDevices(output: string): ReadonlySet<string> {
  return new Set([...output.matchAll(/: making \S+ on (\S+) for /g)].map(([, device = '']) => device));
}
