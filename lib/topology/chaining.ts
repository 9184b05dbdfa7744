import { comparableName, partsOf } from './distinguished-name';
import type { DirectoryServerFacts } from './replication';
import { replicationGraph } from './replication-graph';
import type { Topology } from './topology';
import type { EntityId } from './units';

/** Servers that have the writes of their clients done by the writers of a directory, sorted by id. */
export function chainingServers(topology: Topology, directory: EntityId): readonly DirectoryServerFacts[] {
  const graph = replicationGraph(topology);
  return graph
    .replicasOf(directory)
    .filter(({ updates }) => updates === 'chain')
    .map(({ server }) => graph.server(server))
    .filter(({ engine }) => engine === 'openldap');
}

/** Whether a name is that of the suffix or lies below it. */
export function isWithin(name: string, suffix: string): boolean {
  const [parts, above] = [partsOf(name), partsOf(suffix)];
  return parts.length >= above.length && comparableName(parts.slice(-above.length).join()) === comparableName(suffix);
}

/** Names that are the same to slapd, to a regular expression and as the name of a file: no blank, nothing to escape. */
export function isPlainName(name: string): boolean {
  return partsOf(name).every((part) => /^[A-Za-z]+=[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(part));
}
