import { lookup } from '../../../topology/lookup';
import type { Rule } from '../../rule';

/** F7: DNS is not on the primary site alone. */
export const nameServer: Rule = {
  id: 'recovery/name-server',
  severity: 'warning',
  requirements: ['F7', 'S9'],
  title: 'DNS answers without the primary site.',
  rationale:
    'Senders ask DNS for the MX of a domain before they send. Where nobody answers, they keep the mail and return it in the end, whatever else works.',
  check: (topology) =>
    topology.disasterRecoverySites
      .filter(({ primary, nameServers }) => nameServers.every((host) => lookup(topology).host(host).site === primary))
      .map(({ path, nameServers }) => ({
        path,
        problem: nameServers.length === 0 ? 'no name server is named' : 'every name server is on the primary site',
        value: nameServers.map((host) => lookup(topology).host(host).name).join(', ') || 'none',
        remedy: 'name a host on another site, or accept it with the reason',
        property: 'nameServers',
      })),
};
