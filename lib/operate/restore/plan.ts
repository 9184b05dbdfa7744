import type { BackupFacts } from '../../topology/backup';
import type { ResourceGroupFacts } from '../../topology/cluster';
import { covers } from '../../topology/directory';
import { lookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import { groupState } from '../pair/group-state';
import { volumesOf, type NodeState } from '../pair/node-look';
import { RefusedError } from '../pair/operation';
import { pairOf, resourcesOf, type Pair } from '../pair/pair';
import { mountsOf } from './storage';

/** A group whose stores are filled, and the node on which that is done. */
export interface GroupPlan {
  readonly group: ResourceGroupFacts;
  readonly backups: readonly BackupFacts[];
}

/**
 * The backups of a service, or all of the deployment.
 * @throws RefusedError when there are none
 */
export function backupsFor(topology: Topology, service: string | undefined): readonly BackupFacts[] {
  const facts = lookup(topology);
  const named = topology.backups.filter(
    (backup) => service === undefined || facts.service(backup.service).name === service || backup.name === service,
  );
  if (named.length > 0) return named;
  const known = topology.backups.map((backup) => facts.service(backup.service).name);
  throw new RefusedError(
    service === undefined ? `${topology.name} has no dumps` : `no service '${service}' of ${topology.name} has a dump`,
    [known.length > 0 ? `name one of: ${known.join(', ')}` : 'add an LdifBackup or SqlBackup to the stack'],
  );
}

/**
 * The cluster whose groups run the services, and its groups with what is restored in each.
 * @throws RefusedError when the services are in no group, or in groups of several clusters
 */
export function planOf(
  topology: Topology,
  backups: readonly BackupFacts[],
  on: string | undefined,
): { readonly pair: Pair; readonly groups: readonly GroupPlan[] } {
  const facts = lookup(topology);
  const placed = backups.map((backup) => ({ backup, place: facts.groupOf(backup.service) }));
  const clusters = new Set(placed.map(({ place }) => place?.cluster));
  const [cluster] = clusters;
  if (!cluster || clusters.size !== 1)
    throw new RefusedError('nothing was restored', [
      'the services are not in groups of one cluster: name one of them with --service',
    ]);
  const groups = cluster.groups.flatMap((group): GroupPlan[] => {
    const own = placed.flatMap(({ backup, place }) => (place?.group === group ? [backup] : []));
    return own.length > 0 ? [{ group, backups: own }] : [];
  });
  const [first] = groups;
  if (!first) throw new RefusedError('nothing was restored', ['no group runs a service that has a dump']);
  return { pair: pairOf(topology, on ?? facts.host(first.group.preferred).name), groups };
}

/** What is on storage that is made anew and in no dump: it is empty afterwards. */
export function emptyAfterwards(topology: Topology, pair: Pair, devices: ReadonlySet<string>): readonly string[] {
  const facts = lookup(topology);
  const dumped = new Set(topology.backups.map((backup) => backup.service));
  return pair.cluster.groups.flatMap((group) => {
    const lost = mountsOf(group).filter((mount) => devices.has(mount.device));
    return facts.servicesOf(group).flatMap((service) =>
      service.state
        .filter(() => !dumped.has(service.id))
        .filter((state) => lost.some((mount) => covers(mount.directory, state.directory)))
        .map((state) => `${state.holds} of ${service.name} (${state.directory})`),
    );
  });
}

/** Stores that can hold data, so that they are filled only with `--replace`. */
export function occupied(
  topology: Topology,
  plans: readonly GroupPlan[],
  devices: ReadonlySet<string>,
  states: readonly NodeState[],
): readonly string[] {
  return plans.flatMap(({ group }) => {
    const running = states.filter((state) => groupState(topology, group, state).is !== 'stopped');
    if (running.length > 0) return running.map((state) => `group ${group.name} is at work on ${state.host.name}`);
    const whole = resourcesOf(topology, group).filter(
      (resource) =>
        resource.volumes.some((volume) => !devices.has(volume.device)) &&
        states.some((state) => volumesOf(resource, state).some((volume) => volume.disk === 'UpToDate')),
    );
    return whole.length > 0 ? [`there is data on ${whole.map(({ name }) => name).join(', ')}`] : [];
  });
}
