import { backupUnitsOf, monitorUnitOf } from '../../topology/host-commands';
import { lookup } from '../../topology/lookup';
import { sortedUnique } from '../../topology/order';
import { processUnits } from '../../topology/service-units';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { balancerQuestions, type BalancerQuestions } from '../balancer/state';
import { mailQuestions, type MailQuestions } from '../mail/status/questions';

/** A heartbeat path as one node asks for it. */
export interface LinkQuestion {
  /** Node name of the other end. */
  readonly peer: string;
  /** Interface or serial port on the node that is asked. */
  readonly link: string;
}

/** What a host is asked for, derived from the topology. */
export interface Questions {
  readonly deployment: string;
  /** Node names of the host's clusters, sorted. */
  readonly nodes: readonly string[];
  readonly links: readonly LinkQuestion[];
  readonly units: readonly string[];
  readonly backups: readonly { readonly name: string; readonly directory: string }[];
  /** Where room is asked for, sorted. */
  readonly directories: readonly string[];
  /** Whether DRBD 9 is asked besides `/proc/drbd`. */
  readonly drbd9: boolean;
  readonly mail: MailQuestions;
  readonly balancers: BalancerQuestions;
}

/** What a host must be asked so that all that the topology says of it can be judged. */
export function questionsFor(topology: Topology, host: HostFacts): Questions {
  const facts = lookup(topology);
  const clusters = facts.clustersOf(host.id);
  const groups = clusters.flatMap((cluster) => cluster.groups);
  const backups = topology.backups.filter((backup) => backup.hosts.includes(host.id));
  const drbd = facts.drbdResourcesOf(host.id);
  const balancers = balancerQuestions(topology, host);
  return {
    deployment: topology.name,
    nodes: sortedUnique(clusters.flatMap((cluster) => cluster.nodes.map((node) => facts.host(node).name))),
    links: clusters.flatMap((cluster) =>
      cluster.links.flatMap((link) => {
        const ends = link.ends.map((end) => ({
          host: end.host,
          name: 'device' in end ? end.device : end.interface,
        }));
        const own = ends.find((end) => end.host === host.id);
        const other = ends.find((end) => end.host !== host.id) ?? {
          host: cluster.nodes.find((node) => node !== host.id) ?? host.id,
        };
        return own && other.host !== host.id ? [{ peer: facts.host(other.host).name, link: own.name }] : [];
      }),
    ),
    units: [
      ...sortedUnique([
        ...(clusters.length > 0 ? ['heartbeat.service'] : []),
        ...groups.flatMap((group) => facts.servicesOf(group).flatMap(processUnits)),
        ...clusters
          .filter((cluster) => cluster.monitoring)
          .flatMap((cluster) => cluster.groups.map((group) => monitorUnitOf(group.name))),
        ...backups.flatMap((backup) => Object.values(backupUnitsOf(backup.name))),
        ...balancers.units,
      ]),
      // It may wait for its peer long before heartbeat is started.
      ...(drbd.length > 0 ? ['drbd.service'] : []),
    ],
    backups: backups.map(({ name, directory }) => ({ name, directory })),
    directories: sortedUnique([
      '/',
      ...backups.map((backup) => backup.directory),
      ...groups.flatMap((group) =>
        group.members.flatMap((member) => (member.kind === 'mount' ? [member.directory] : [])),
      ),
    ]),
    drbd9: drbd.some((resource) => resource.version === '9'),
    mail: mailQuestions(topology, host),
    balancers,
  };
}
