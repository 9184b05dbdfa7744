import { lookup } from '../../../topology/lookup';
import type { Rule } from '../../rule';

/** F29, X9: Debian has one configuration of slapd on a host. */
export const oneSlapd: Rule = {
  id: 'directory/one-slapd',
  severity: 'error',
  requirements: ['F29', 'X9'],
  title: 'A host runs one slapd.',
  rationale:
    'Directory servers of OpenLDAP and the OpenLdap of a cluster use the same files and ports of the host. One server holds several directories.',
  check: (topology) => {
    const facts = lookup(topology);
    const servers = topology.directoryServers.filter(({ engine }) => engine === 'openldap');
    return servers.flatMap(({ path, name, host }, index) => {
      const other = servers.slice(0, index).find((one) => one.host === host)?.path;
      const clustered = facts
        .clustersOf(host)
        .flatMap(({ groups }) => groups)
        .flatMap((group) => facts.servicesOf(group))
        .find(({ settings }) => settings.kind === 'openldap')?.path;
      const first = other ?? clustered;
      return first === undefined
        ? []
        : [
            {
              path,
              problem: `host ${facts.host(host).name} of ${name} runs another slapd already`,
              value: first,
              remedy: 'put the directories on one server, or use another host',
              property: 'host',
            },
          ];
    });
  },
};
