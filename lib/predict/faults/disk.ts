import type { DrbdResourceFacts } from '../../topology/drbd';
import type { ServiceSettings } from '../../topology/service';
import type { EntityId } from '../../topology/units';
import { lostByRestore } from '../data-at-risk';
import { NO_LOSS, type Effect } from '../outcome';
import { isConnected } from '../paths';
import { also, copyKey, moved, type PairState } from '../pair-state';
import type { Step } from '../step';
import { storesOf } from '../stores';
import { peerOf, type PlacedService, type World } from '../world';
import { nodesLost } from './node-loss';
import { dependents, withoutNeeded } from './process';

/** Reads and writes of a physical disk fail: what `on-io-error` says happens to each resource on it (E19). */
export function diskError(world: World, before: PairState, host: EntityId, disk: string): Step {
  const hit = world.topology.drbdResources.filter(({ volumes }) =>
    volumes.some(({ disks }) => disks.some((one) => one.host === host && one.physicalDisk === disk)),
  );
  if (!before.down.has(host) && hit.some((resource) => haltsNode(resource)))
    return nodesLost(world, before, {
      hosts: new Set([host]),
      words: `halted by its own handler, because ${disk} fails (on-io-error)`,
      repair: (name) => `replace ${disk} of ${name} and start it`,
    });
  const names = new Set(hit.map(({ id }) => id));
  const effects = new Map<EntityId, Effect>();
  for (const one of world.placed) {
    const resources = world.resourcesOf(one.group).filter(({ id }) => names.has(id));
    if (resources.length > 0 && before.runs.has(one.group.id))
      effects.set(one.service.id, diskEffect(world, before, one, { host, disk, resources }));
  }
  return {
    state: {
      ...before,
      failed: also(
        before.failed,
        hit.map(({ id }) => copyKey(id, host)),
      ),
    },
    effects,
  };
}

interface DiskFailure {
  readonly host: EntityId;
  readonly disk: string;
  readonly resources: readonly DrbdResourceFacts[];
}

function diskEffect(
  world: World,
  before: PairState,
  placed: PlacedService,
  { host, disk, resources }: DiskFailure,
): Effect {
  const here = before.runs.get(placed.group.id) === host;
  const name = world.nameOf(host);
  const peer = peerOf(placed.cluster, host);
  const own = storesOf(world, placed).replicated.filter(({ resource }) => resources.includes(resource));
  const person = `replace ${disk} of ${name}, create its metadata anew (drbdadm create-md) and attach it`;
  const uses = here && own.length > 0;
  if (uses && own.some(({ resource }) => !detaches(resource)))
    return {
      state: 'down',
      cause: `${disk} of ${name} fails and DRBD hands the errors on (on-io-error pass_on)`,
      dataAtRisk: NO_LOSS,
      heals: '',
      person: `switch the group to ${peer === undefined ? 'the other node' : world.nameOf(peer)}, then ${person}`,
    };
  const remote = own.every(
    ({ resource }) =>
      peer !== undefined &&
      isConnected(world, before, resource) &&
      ![before.failed, before.outdated, before.behind].some((set) => set.has(copyKey(resource.id, peer))),
  );
  if (uses && !remote)
    return {
      state: 'down',
      cause: `${disk} of ${name} fails, and the other copy is not there or not current`,
      dataAtRisk: NO_LOSS,
      heals: '',
      person: `bring the other copy back, or ${person}`,
    };
  return {
    state: 'degraded',
    cause: uses
      ? `${disk} of ${name} fails and is detached: the service reads and writes over the network, with one copy left`
      : `${disk} of ${name} fails: one copy is left, the group can ${here ? 'not come back' : 'not go'} to ${name} after a switch`,
    dataAtRisk: NO_LOSS,
    heals: '',
    person,
  };
}

/** DRBD 8.4 and 9 detach where nothing is written; 0.7 hands the error on. */
function detaches({ disk, version }: DrbdResourceFacts): boolean {
  return (disk.onIoError ?? (version === '0.7' ? 'pass_on' : 'detach')) === 'detach';
}

function haltsNode({ disk, handlers }: DrbdResourceFacts): boolean {
  if (disk.onIoError === 'panic') return true;
  return (
    disk.onIoError === 'call-local-io-error' &&
    handlers.some(({ event, command }) => event === 'local-io-error' && /halt|poweroff|reboot|sysrq/.test(command))
  );
}

/** What a service does when its file system takes no more. None of them acknowledges what it could not write. */
const WHEN_FULL: Readonly<Record<ServiceSettings['kind'], string>> = {
  openldap: 'reads go on, changes are refused',
  saslauthd: 'it writes nothing that matters',
  postgresql: 'it stops, because it cannot write its log',
  'cyrus-imap': 'mail can be read, none is taken; Postfix keeps it',
  postfix: 'mail is refused for a while, senders keep it',
  'mail-server': 'mail is refused for a while, senders give it to the other server',
  generic: 'what it cannot write, it refuses',
};

/** A file system of a group is full. Both copies of it are: a switch does not help. */
export function fullDisk(world: World, before: PairState, groupId: EntityId, directory: string): Step {
  const effects = new Map<EntityId, Effect>();
  for (const one of world.placed) {
    if (one.group.id !== groupId || !before.runs.has(groupId)) continue;
    const { replicated, shared } = storesOf(world, one);
    const uses = [...replicated.map(({ mount }) => mount), ...shared].some((mount) => mount.directory === directory);
    if (!uses) continue;
    const effect: Effect = {
      state: one.service.settings.kind === 'postgresql' ? 'down' : 'degraded',
      cause: `${directory} is full on both copies: ${WHEN_FULL[one.service.settings.kind]}`,
      dataAtRisk: NO_LOSS,
      heals: '',
      person: `make room in ${directory}, or enlarge it`,
    };
    if (effect.state === 'down')
      for (const id of dependents(world, one.service.id))
        if (!effects.has(id)) effects.set(id, withoutNeeded(one.service, effect));
    effects.set(one.service.id, effect);
  }
  return { state: before, effects };
}

/** The replicated volumes of a cluster are gone on both nodes: only dumps are left (X10, X12). */
export function dataDisksDestroyed(world: World, before: PairState, clusterId: EntityId): Step {
  const placed = world.placed.filter(({ cluster }) => cluster.id === clusterId);
  const effects = new Map<EntityId, Effect>();
  for (const one of placed) {
    if (world.resourcesOf(one.group).length === 0) continue;
    const holds = storesOf(world, one).replicated.length > 0;
    const dataAtRisk = holds ? lostByRestore(world, one) : NO_LOSS;
    effects.set(one.service.id, {
      state: 'down',
      cause: holds
        ? `both copies of its data are gone; ${dataAtRisk.kind === 'since-dump' ? 'a dump is left' : 'there is no dump of it'}`
        : 'its group has no storage to start with',
      dataAtRisk,
      heals: '',
      person: `replace the disks, create the resources and file systems anew${dataAtRisk.kind === 'since-dump' ? ', restore the last dump' : ''}`,
    });
  }
  const groups = placed.map(({ group }) => [group.id, undefined] as const);
  return { state: { ...before, runs: moved(before.runs, groups) }, effects };
}
