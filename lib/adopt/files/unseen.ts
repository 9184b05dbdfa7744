import type { AdoptInput } from '../input';

/** Rules about what ha.cf says. */
const NEED_HA_CF = [
  ...['cluster/heartbeat-paths', 'cluster/shared-cable', 'cluster/fencing', 'cluster/timing-complete'],
  ...['cluster/auto-failback', 'cluster/dopd', 'cluster/two-nodes', 'cluster/preferred-node', 'drbd/outdater-runs'],
];

/** Rules about what haresources says. */
const NEED_HARESOURCES = ['cluster/addresses', 'cluster/dopd', 'cluster/monitoring'];

/** Rules about what drbd.conf says. */
const NEED_DRBD = ['cluster/dopd'];

/** Rules about what a cluster resource manager has in its own configuration. */
const NEED_NO_MANAGER = ['cluster/addresses', 'cluster/fencing', 'cluster/dopd', 'cluster/monitoring', 'cluster/crm'];

/** Rules about what the groups start. */
const NEED_MEMBERS = ['drbd/without-group', 'drbd/without-mount'];

/** Ids of rules that would judge what the given files do not show. */
export function unseenRules(
  input: AdoptInput,
  underManager: boolean,
  stacked: boolean,
  startsTogether: boolean,
): ReadonlySet<string> {
  return new Set([
    // What lies below a stacked resource is not mounted itself.
    ...(stacked ? ['drbd/without-mount'] : []),
    ...(startsTogether ? NEED_MEMBERS : []),
    ...(input.ha ? [] : NEED_HA_CF),
    ...(input.haresources ? [] : NEED_HARESOURCES),
    ...(input.drbd ? [] : NEED_DRBD),
    ...(underManager ? NEED_NO_MANAGER : []),
  ]);
}
