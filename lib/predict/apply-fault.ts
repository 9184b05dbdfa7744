import type { EntityId } from '../topology/units';
import type { Fault } from './fault';
import { dataDisksDestroyed, diskError, fullDisk } from './faults/disk';
import { fencingDeviceLost } from './faults/fencing-device';
import { nodesLost } from './faults/node-loss';
import { nodeReturns } from './faults/node-return';
import { heartbeatCut, networkCut, pathsLost } from './faults/path-loss';
import { plannedSwitch } from './faults/planned-switch';
import { processFails } from './faults/process';
import { serialKey, type PairState } from './pair-state';
import type { Step } from './step';
import type { World } from './world';

/** What one fault does in one state. */
export function applyFault(world: World, before: PairState, fault: Fault): Step {
  switch (fault.kind) {
    case 'node-power-cut':
      return nodesLost(world, before, {
        hosts: new Set([fault.host]),
        words: 'without power',
        repair: (name) => `give ${name} its power back`,
      });
    case 'node-hang':
      return nodesLost(world, before, {
        hosts: new Set([fault.host]),
        words: 'standing still',
        mayWake: true,
        repair: () => '',
      });
    case 'process-kill':
      return processFails(world, before, fault.service, false);
    case 'process-hang':
      return processFails(world, before, fault.service, true);
    case 'network-cut':
      return networkCut(world, before, fault.network, fault.host);
    case 'serial-cut':
      return pathsLost(world, before, { serial: [serialKey(fault.cluster, fault.link)] });
    case 'heartbeat-cut':
      return heartbeatCut(world, before, fault.cluster);
    case 'switch-loss': {
      const networks = world.topology.networks.filter(({ switches }) => switches.includes(fault.domain));
      const ids = networks.map(({ id }) => id);
      return pathsLost(world, before, { parted: ids, unreachable: ids });
    }
    case 'power-feed-loss':
      return feedLost(world, before, fault.domain);
    case 'rack-loss':
    case 'hypervisor-loss':
      return domainLost(world, before, fault.domain);
    case 'disk-error':
      return diskError(world, before, fault.host, fault.disk);
    case 'full-disk':
      return fullDisk(world, before, fault.group, fault.directory);
    case 'data-disks-destroyed':
      return dataDisksDestroyed(world, before, fault.cluster);
    case 'site-loss':
      return siteLost(world, before, fault.site);
    case 'planned-switch':
      return plannedSwitch(world, before, fault.host);
    case 'fencing-device-loss':
      return fencingDeviceLost(world, before, fault.device);
    case 'node-return':
      return nodeReturns(world, before, fault.host);
  }
}

/** A feed takes what hangs on it alone: nodes and fencing devices; who has a second feed stays up. */
function feedLost(world: World, before: PairState, feed: EntityId): Step {
  const feeds = new Set(world.topology.failureDomains.flatMap(({ id, kind }) => (kind === 'power-feed' ? [id] : [])));
  const dies = (domains: readonly EntityId[]): boolean =>
    domains.includes(feed) && domains.every((id) => id === feed || !feeds.has(id));
  return nodesLost(world, before, {
    hosts: idsOf(world.topology.hosts.filter((host) => dies(host.failureDomains))),
    devices: idsOf(world.topology.fencingDevices.filter((device) => dies(device.failureDomains))),
    words: 'without power',
    repair: (names) => `give ${names} power again`,
  });
}

function domainLost(world: World, before: PairState, domain: EntityId): Step {
  return nodesLost(world, before, {
    hosts: idsOf(world.topology.hosts.filter((host) => host.failureDomains.includes(domain))),
    devices: idsOf(world.topology.fencingDevices.filter((device) => device.failureDomains.includes(domain))),
    words: `gone with ${domain}`,
    repair: (names) => `bring ${domain} back, or ${names} elsewhere`,
  });
}

function siteLost(world: World, before: PairState, site: EntityId): Step {
  const { topology } = world;
  const hosts = idsOf(topology.hosts.filter((host) => host.site === site));
  const domains = idsOf(topology.failureDomains.filter((domain) => domain.site === site));
  const elsewhere = topology.backups.some((backup) => backup.hosts.some((host) => !hosts.has(host)));
  return nodesLost(world, before, {
    hosts,
    devices: idsOf(
      topology.fencingDevices.filter(
        ({ id, failureDomains }) => id.startsWith(`${site}/`) || failureDomains.some((domain) => domains.has(domain)),
      ),
    ),
    words: `gone with site ${site}`,
    repair: () =>
      elsewhere
        ? `if site ${site} does not come back, restore the dumps that lie elsewhere`
        : `bring site ${site} back; no dump lies outside of it, so what is destroyed there is lost`,
  });
}

function idsOf(entities: readonly { readonly id: EntityId }[]): ReadonlySet<EntityId> {
  return new Set(entities.map(({ id }) => id));
}
