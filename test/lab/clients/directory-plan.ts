import { lookup } from '../../../lib/topology/lookup';
import type { DirectoryFacts, DirectoryServerFacts } from '../../../lib/topology/replication';
import type { Topology } from '../../../lib/topology/topology';
import type { ClientPlan } from './plan';

/** Name of the client that writes. */
export const WRITER = 'writes';

/** Clients of a replicated directory: one that writes to whoever takes it, and one that reads on each server. */
export function planDirectoryClients(
  topology: Topology,
  directory: DirectoryFacts,
  servers: readonly DirectoryServerFacts[],
  writers: readonly DirectoryServerFacts[],
): ClientPlan {
  const names = ({ port, administratorSecret }: DirectoryServerFacts) => ({
    port,
    suffix: directory.suffix,
    administrator: `cn=admin,${directory.suffix}`,
    secret: administratorSecret,
  });
  const address = ({ host }: DirectoryServerFacts): string => lookup(topology).host(host).interfaces[0]?.address ?? '';
  const [first] = writers;
  return {
    clients: [
      ...(first
        ? [
            {
              kind: 'directory-write' as const,
              name: WRITER,
              address: address(first),
              servers: writers.map(address),
              ...names(first),
            },
          ]
        : []),
      ...servers.map((server) => ({
        kind: 'directory-read' as const,
        name: server.name,
        address: address(server),
        writer: WRITER,
        ...names(server),
      })),
    ],
  };
}
