import type { HeartbeatClusterFacts } from '../../../topology/cluster';
import { lookup } from '../../../topology/lookup';
import type { Topology } from '../../../topology/topology';
import type { EntityId } from '../../../topology/units';
import { membersOf } from '../../groups';
import type { Rule, RuleFinding } from '../../rule';

/** X16, X20: a node has an interface for all that it takes part in. */
export const interfaceMissing: Rule = {
  id: 'host/interface-missing',
  severity: 'error',
  requirements: ['X16', 'X20'],
  title: 'Every node has an interface in the networks of its heartbeat links, DRBD resources and virtual addresses.',
  rationale: 'Without the interface there is no link, no replication, and after a takeover no address for the clients.',
  check: (topology) =>
    topology.origin === 'files'
      ? []
      : [
          ...topology.clusters.flatMap((cluster) => [
            ...linkFaults(topology, cluster),
            ...addressFaults(topology, cluster),
          ]),
          ...peerFaults(topology),
        ],
};

function linkFaults(topology: Topology, cluster: HeartbeatClusterFacts): readonly RuleFinding[] {
  return cluster.links.flatMap((link) => {
    if (link.kind === 'serial') return [];
    return cluster.nodes.flatMap((node) => {
      const host = lookup(topology).host(node);
      const end = link.ends.find((candidate) => candidate.host === node);
      const own = host.interfaces.find((candidate) => candidate.name === end?.interface);
      if (own && (link.network === undefined || own.network === link.network)) return [];
      return [
        {
          path: cluster.path,
          problem: `node ${host.name} has no interface in the network of a heartbeat link`,
          value: link.network ?? end?.interface,
          remedy: 'give the node an interface there or remove the link',
          property: 'links',
        },
      ];
    });
  });
}

function addressFaults(topology: Topology, cluster: HeartbeatClusterFacts): readonly RuleFinding[] {
  return membersOf(cluster, 'address').flatMap(({ member }) =>
    member.network === undefined
      ? []
      : cluster.nodes
          .filter((node) => !hasInterface(topology, node, member.network))
          .map((node) => ({
            path: member.path,
            problem: `node ${lookup(topology).host(node).name} has no interface in the network of a virtual address`,
            value: member.network,
            remedy: 'give the node an interface there',
            property: 'network',
          })),
  );
}

function peerFaults(topology: Topology): readonly RuleFinding[] {
  return topology.drbdResources.flatMap((resource) =>
    resource.peers
      .filter((peer) => {
        const host = lookup(topology).host(peer.host);
        return !host.interfaces.some(
          (own) => own.address === peer.address && (resource.network === undefined || own.network === resource.network),
        );
      })
      .map((peer) => ({
        path: resource.path,
        problem: `no interface of ${lookup(topology).host(peer.host).name} has the address of the DRBD resource`,
        value: peer.address,
        remedy: 'replicate over a network in which every peer has an interface',
        property: 'network',
      })),
  );
}

function hasInterface(topology: Topology, node: EntityId, network: EntityId | undefined): boolean {
  return lookup(topology)
    .host(node)
    .interfaces.some((own) => own.network === network);
}
