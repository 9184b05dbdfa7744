import { lookup } from '../topology/lookup';
import type { Topology } from '../topology/topology';
import type { EntityId } from '../topology/units';
import type { Fault } from './fault';

/** A fault in words that a table shows, with the names of the deployment. */
export function describeFault(topology: Topology, fault: Fault): string {
  const found = lookup(topology);
  const host = (id: EntityId): string => found.host(id).name;
  switch (fault.kind) {
    case 'node-power-cut':
      return `power of ${host(fault.host)} cut`;
    case 'node-hang':
      return `${host(fault.host)} hangs`;
    case 'process-kill':
      return `${found.service(fault.service).name} killed`;
    case 'process-hang':
      return `${found.service(fault.service).name} stands still`;
    case 'network-cut': {
      const network = found.network(fault.network).name;
      return fault.host === undefined ? `network ${network} lost` : `cable of ${host(fault.host)} to ${network} cut`;
    }
    case 'serial-cut':
      return `serial line ${serialDevice(topology, fault)} cut`;
    case 'heartbeat-cut':
      return 'all heartbeat paths cut';
    case 'switch-loss':
      return `switch ${lastPart(fault.domain)} lost`;
    case 'power-feed-loss':
      return `power feed ${lastPart(fault.domain)} lost`;
    case 'rack-loss':
      return `rack ${lastPart(fault.domain)} lost`;
    case 'hypervisor-loss':
      return `hypervisor ${lastPart(fault.domain)} lost`;
    case 'disk-error':
      return `errors of ${fault.disk} on ${host(fault.host)}`;
    case 'full-disk':
      return `${fault.directory} full`;
    case 'data-disks-destroyed':
      return 'data disks of both nodes destroyed';
    case 'site-loss':
      return `site ${fault.site} lost`;
    case 'planned-switch':
      return `planned switch away from ${host(fault.host)}`;
    case 'fencing-device-loss':
      return `fencing device ${lastPart(fault.device)} lost`;
    case 'node-return':
      return `${host(fault.host)} powered on again`;
  }
}

function serialDevice(topology: Topology, fault: Extract<Fault, { kind: 'serial-cut' }>): string {
  const link = topology.clusters.find((cluster) => cluster.id === fault.cluster)?.links[fault.link];
  return link?.kind === 'serial' ? (link.ends[0]?.device ?? '') : String(fault.link);
}

function lastPart(id: EntityId): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
