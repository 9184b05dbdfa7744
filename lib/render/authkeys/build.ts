import { secretMarker } from '../../topology/secret';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { clusterOf } from '../ha-cf/cluster-of';
import type { AuthKeys } from './syntax';

/** authkeys(5) of a node: one key, the same on both nodes (E8). Empty for a host that is no node. */
export function build(topology: Topology, host: EntityId): AuthKeys {
  const authentication = clusterOf(topology, host)?.authentication;
  if (!authentication) return { items: [] };
  const { method, secret } = authentication;
  return {
    items: [
      { kind: 'auth', key: 1 },
      { kind: 'key', number: 1, method, ...(secret === undefined ? {} : { secret: secretMarker(secret) }) },
    ],
  };
}
