import { comparableName } from '../../../topology/distinguished-name';
import { membersOf, replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** F21, F22: a member of a failover group speaks for itself and for the group. */
export const certificateIdentities: Rule = {
  id: 'replication/certificate-identities',
  severity: 'error',
  requirements: ['F21', 'F22', 'E27'],
  title: 'A certificate that is given holds the names under which its server is known.',
  rationale:
    'Inside its group a server is known by its own name, outside by that of the group (one is the subject, the other an alternative name), and clients look for its host name. Where one is missing the connection fails, of the group only after a switch.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.directoryServers.flatMap(({ id, path, identity, hostname, certificate }) => {
      if (!certificate) return [];
      const groups = topology.failoverGroups.filter((group) => membersOf(group).includes(id));
      const names = [certificate.subject, ...certificate.directoryNames].map(comparableName);
      const missing = [identity, ...groups.map((group) => group.identity)].filter(
        (name) => !names.includes(comparableName(name)),
      );
      const hosts = certificate.dnsNames.includes(hostname) ? [] : [hostname];
      return [...new Set([...missing, ...hosts])].map((name) => ({
        path,
        problem: `the certificate of ${graph.server(id).name} lacks a name that others look for`,
        value: name,
        remedy: 'add it to the alternative names, or let Tandem make the certificate',
        property: 'certificate',
      }));
    });
  },
};
