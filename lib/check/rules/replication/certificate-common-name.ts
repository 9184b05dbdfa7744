import { commonNames } from '../../../topology/distinguished-name';
import { lookup } from '../../../topology/lookup';
import type { Rule } from '../../rule';

/** What libldap takes for the name of a host. */
export const certificateCommonName: Rule = {
  id: 'replication/certificate-common-name',
  severity: 'error',
  requirements: ['F21', 'F22'],
  title: 'The common name in the subject of a certificate is no host name of another server.',
  rationale:
    'OpenLDAP takes the common name for a host name where no alternative name fits, even if there are alternative names. A server whose subject has the host name of another one can pose as that one.',
  check: (topology) => {
    const { host } = lookup(topology);
    const hostnames = topology.directoryServers.flatMap((server) =>
      [...new Set([server.hostname, host(server.host).name])].map((name) => ({ name, server })),
    );
    return topology.directoryServers.flatMap(({ id, path, name, host: own, hostname, identity, certificate }) => {
      const names = commonNames(certificate?.subject ?? identity).filter(
        (common) => common !== hostname && common !== host(own).name,
      );
      return hostnames
        .filter(({ name: other, server }) => server.id !== id && names.includes(other))
        .map(({ name: other, server }) => ({
          path,
          problem: `the subject of the certificate of ${name} has the host name of ${server.name}`,
          value: other,
          remedy: certificate ? 'give it another subject' : 'give the server another identity',
          property: certificate ? 'certificate' : 'identity',
        }));
    });
  },
};
