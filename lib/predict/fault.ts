import type { EntityId } from '../topology/units';

/** Something that goes wrong, or that an operator does, at one moment. */
export type Fault =
  | { readonly kind: 'node-power-cut'; readonly host: EntityId }
  /** The kernel stands still: no heartbeats, no writes; the power is on. */
  | { readonly kind: 'node-hang'; readonly host: EntityId }
  /** All processes of a service are gone. */
  | { readonly kind: 'process-kill'; readonly service: EntityId }
  /** The processes of a service stand still (SIGSTOP): connections are accepted, nothing is answered. */
  | { readonly kind: 'process-hang'; readonly service: EntityId }
  /** The cable of one node, or with no host the whole network. */
  | { readonly kind: 'network-cut'; readonly network: EntityId; readonly host?: EntityId }
  /** The null-modem cable of a cluster; `link` is its place in the cluster's links. */
  | { readonly kind: 'serial-cut'; readonly cluster: EntityId; readonly link: number }
  /** The nodes do not hear each other on any path; clients and fencing devices are reached as before (X4). */
  | { readonly kind: 'heartbeat-cut'; readonly cluster: EntityId }
  | { readonly kind: 'switch-loss'; readonly domain: EntityId }
  | { readonly kind: 'power-feed-loss'; readonly domain: EntityId }
  | { readonly kind: 'rack-loss'; readonly domain: EntityId }
  | { readonly kind: 'hypervisor-loss'; readonly domain: EntityId }
  /** Reads and writes of one physical disk fail (E19). */
  | { readonly kind: 'disk-error'; readonly host: EntityId; readonly disk: string }
  /** A replicated or shared file system has no space left. */
  | { readonly kind: 'full-disk'; readonly group: EntityId; readonly directory: string }
  /** The content of the replicated volumes is lost on both nodes (X10). */
  | { readonly kind: 'data-disks-destroyed'; readonly cluster: EntityId }
  /** A site without power and network. */
  | { readonly kind: 'site-loss'; readonly site: EntityId }
  /** An operator hands all groups of a node to the other. */
  | { readonly kind: 'planned-switch'; readonly host: EntityId }
  | { readonly kind: 'fencing-device-loss'; readonly device: EntityId }
  /** A node that was without power boots again; only in sequences. */
  | { readonly kind: 'node-return'; readonly host: EntityId };

/** A stable name of a fault, for instance `node-power-cut:hq/ox1`. */
export function faultId(fault: Fault): string {
  return `${fault.kind}:${target(fault)}`;
}

function target(fault: Fault): string {
  switch (fault.kind) {
    case 'node-power-cut':
    case 'node-hang':
    case 'planned-switch':
    case 'node-return':
      return fault.host;
    case 'process-kill':
    case 'process-hang':
      return fault.service;
    case 'network-cut':
      return fault.host === undefined ? fault.network : `${fault.network}@${fault.host}`;
    case 'serial-cut':
      return `${fault.cluster}#${fault.link}`;
    case 'heartbeat-cut':
    case 'data-disks-destroyed':
      return fault.cluster;
    case 'switch-loss':
    case 'power-feed-loss':
    case 'rack-loss':
    case 'hypervisor-loss':
      return fault.domain;
    case 'disk-error':
      return `${fault.host}:${fault.disk}`;
    case 'full-disk':
      return `${fault.group}:${fault.directory}`;
    case 'site-loss':
      return fault.site;
    case 'fencing-device-loss':
      return fault.device;
  }
}
