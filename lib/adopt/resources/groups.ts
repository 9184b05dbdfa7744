import { by } from '../../topology/order';
import { GROUP_RESOURCE } from '../../render/group-start/names';
import type { HaResourceGroup, HaResources } from '../../render/haresources/syntax';
import { groupsOf } from '../../render/haresources/syntax';
import type { MonitoringFacts, ResourceGroupFacts } from '../../topology/cluster';
import { CLUSTER } from '../heartbeat/ha-cf';
import { UniqueNames } from '../unique-names';
import { MONITOR_SCRIPT, membersOf, type MemberContext } from './members';

/** What the watcher does that haresources calls by name only: the defaults of `HeartbeatCluster`. */
const MONITORING: MonitoringFacts = { interval: 10_000, timeout: 10_000, restartsBeforeSwitch: 3 };

/** The groups of haresources, sorted by name, and whether their services are watched. */
export interface AdoptedGroups {
  readonly groups: readonly ResourceGroupFacts[];
  readonly monitoring?: MonitoringFacts;
}

/** Reads the groups of haresources. A group has no name there; it gets one from its node, or from its watcher. */
export function adoptGroups(tree: HaResources, context: MemberContext): AdoptedGroups {
  const lines = groupsOf(tree);
  context.sources.add(CLUSTER, lines[0]?.location, 'groups');
  const names = new UniqueNames();
  const groups = lines.map((line): ResourceGroupFacts => {
    const name = names.give((watchedName(line) ?? line.node).replaceAll('/', '-'));
    const path = `${CLUSTER}/${name}`;
    context.sources.add(path, line.location);
    return {
      id: path,
      path,
      name,
      preferred: line.node,
      start: 'in-turn',
      members: membersOf(line.resources, path, context),
    };
  });
  return {
    groups: groups.sort(by((entity) => entity.name)),
    monitoring: lines.some((line) => line.resources.some(isMonitor)) ? MONITORING : undefined,
  };
}

/** Whether a group has members that only the configuration of its resource script names, which is not read. */
export const startsTogether = ({ members }: ResourceGroupFacts): boolean =>
  members.some((member) => member.kind === 'other' && member.script === GROUP_RESOURCE);

const isMonitor = (resource: { readonly script: string }): boolean => resource.script === MONITOR_SCRIPT;

const watchedName = (line: HaResourceGroup): string | undefined => line.resources.find(isMonitor)?.arguments[0];
