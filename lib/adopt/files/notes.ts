import type { Topology } from '../../topology/topology';
import type { AdoptInput } from '../input';
import { CLUSTER } from '../heartbeat/ha-cf';
import type { NetworkBook } from '../networks';
import type { Remarks } from '../remarks';
import { startsTogether } from '../resources/groups';
import { kindOfScript } from '../resources/services';
import type { SourceMap } from '../source-map';
import { fileSet } from './rules';

/** E8: what Heartbeat needs besides the files that were given; a rule says so of authkeys. */
export function noteMissingFiles(input: AdoptInput, underManager: boolean, remarks: Remarks): void {
  if (!input.ha && !input.haresources) return;
  const missing = [
    ...(input.ha ? [] : [{ name: 'ha.cf', option: '--ha' }]),
    ...(input.haresources || underManager ? [] : [{ name: 'haresources', option: '--haresources' }]),
  ];
  for (const { name, option } of missing)
    remarks.finding(fileSet, {
      path: CLUSTER,
      problem: `Heartbeat needs ${name}, which was not given`,
      remedy: `name the file with ${option}, or create it`,
    });
}

/** What these files cannot show, so that nobody takes silence for approval. */
export function noteUnseen(topology: Topology, networks: NetworkBook, sources: SourceMap, remarks: Remarks): void {
  if (networks.assumes)
    remarks.note('addresses stand here without prefix length; those of one /24 (IPv6: /64) are taken for one network');
  noteTogether(topology, sources, remarks);
  noteDumps(topology, sources, remarks);
  for (const cluster of topology.clusters)
    for (const link of cluster.links)
      if (link.kind !== 'serial' && link.network === undefined && topology.drbdResources.length > 0)
        remarks.note(
          `no address shows which network ${link.kind} ${link.ends[0]?.interface ?? ''} is on: whether DRBD uses the same cable is not judged`,
          sources.find(CLUSTER, 'links'),
          'E6',
        );
}

/** What a group starts together stands in a file of its resource script. */
function noteTogether({ clusters }: Topology, sources: SourceMap, remarks: Remarks): void {
  for (const group of clusters.flatMap(({ groups }) => groups).filter(startsTogether))
    remarks.note(
      `what group ${group.name} promotes, mounts and starts stands in /etc/tandem/group, which is not read: none of it is judged`,
      sources.find(group.path),
    );
}

/** E18: dumps are made by cron or timers, which are in none of these files. */
function noteDumps(topology: Topology, sources: SourceMap, remarks: Remarks): void {
  const stores = topology.services.filter((service) => ['openldap', 'postgresql'].includes(kindOfScript(service.name)));
  const [first] = stores;
  if (first)
    remarks.note(
      `no dump of ${stores.map((service) => service.name).join(', ')} shows in these files; see that each store has one, all at one interval`,
      sources.find(first.path),
      'E18',
    );
}
