import { lookup } from '../../../topology/lookup';
import { mailGraph } from '../../../topology/mail-graph';
import { byId } from '../../collections';
import { hostsOfQueue } from '../../queue-storage';
import type { Rule } from '../../rule';

/** S4: queues of a disaster-recovery site do not need the primary one. */
export const queue: Rule = {
  id: 'recovery/queue',
  severity: 'error',
  requirements: ['F7', 'S4', 'S9'],
  title: 'The queues of pairs of a disaster-recovery site are on storage of that site.',
  rationale: 'A volume that the lost site serves or shares hangs, and the mail server with it.',
  check: (topology) => {
    const graph = mailGraph(topology);
    const found = lookup(topology);
    const [volumes, domains] = [byId(topology.sharedVolumes), byId(topology.failureDomains)];
    return topology.disasterRecoverySites.flatMap(({ site, mailPairs }) =>
      mailPairs.flatMap((id) =>
        graph.serversOf(graph.pair(id)).flatMap((server) => {
          const { storage } = server.queue;
          const volume = storage.kind === 'shared' ? volumes.get(storage.volume) : undefined;
          const exporter = volume?.source.split(':')[0];
          const needed = [
            ...hostsOfQueue(topology, server).map((host) => found.host(host).site),
            ...(volume?.failureDomains ?? []).flatMap((domain) => domains.get(domain)?.site ?? []),
            ...topology.hosts
              .filter(({ name, interfaces }) =>
                [name, ...interfaces.map(({ address }) => address)].includes(exporter ?? ''),
              )
              .map((host) => host.site),
          ].find((one) => one !== site);
          return needed === undefined
            ? []
            : [
                {
                  path: server.path,
                  problem: 'the queue needs another site than the one that the mail server is to survive on',
                  value: needed,
                  remedy: `use storage of site ${site}`,
                  property: 'queue',
                },
              ];
        }),
      ),
    );
  },
};
