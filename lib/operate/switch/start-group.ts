import type { ResourceGroupFacts } from '../../topology/cluster';
import { FORCE_FILE } from '../../topology/force-file';
import { lookup } from '../../topology/lookup';
import type { NodeState } from '../pair/node-look';
import type { Pair } from '../pair/pair';
import { HOST_PATH } from '../pair/probe';
import { shellWord } from '../../topology/shell-word';
import { claims } from './readiness';

/** How a node is brought to start groups, and how long that may take beside the members. */
export interface Start {
  readonly command: string;
  readonly says: string;
  /** Seconds before heartbeat begins with the first member. */
  readonly before: number;
  /** The command ends when the groups run, or when they do not. */
  readonly waits: boolean;
}

/** The way to start groups on a node, from what heartbeat there claims. */
export function startOf(pair: Pair, groups: readonly ResourceGroupFacts[], node: NodeState): Start {
  const { cluster, peer } = pair;
  const initdead = Math.ceil((cluster.timing.initdead ?? 120_000) / 1000);
  if (node.heartbeat !== 'active' || node.claims === '') {
    return {
      command: `${HOST_PATH}\n: >${FORCE_FILE}\nsystemctl start --no-block heartbeat.service`,
      says: `start heartbeat without its peer (${FORCE_FILE}); it waits ${initdead} s for ${peer.name} before it takes over`,
      before: initdead + 60,
      waits: false,
    };
  }
  if (groups.every((group) => claims(group, node)))
    return {
      command: takeGroups(pair, groups),
      says: 'heartbeat claims the group and runs nothing: start it with its ResourceManager',
      before: 0,
      waits: true,
    };
  return {
    command: `${HOST_PATH}\nHA_CURHOST=$(uname -n) HA_NICEFAILBACK=yes /usr/share/heartbeat/mach_down ${shellWord(peer.name)}`,
    says:
      `tell heartbeat that ${peer.name} is down: it takes over what is at home there; it goes on asking the fencing device, ` +
      `so ${peer.name} may be reset once when it is back`,
    before: 0,
    waits: true,
  };
}

/** What heartbeat runs itself at a takeover; a member that runs already is left alone. */
export function takeGroups({ topology, node }: Pair, groups: readonly ResourceGroupFacts[]): string {
  const homes = [...new Set(groups.map((group) => lookup(topology).host(group.preferred).name))];
  return [
    HOST_PATH,
    `HA_CURHOST=${shellWord(node.name)}; export HA_CURHOST`,
    'failed=0',
    `for home in ${homes.map(shellWord).join(' ')}; do`,
    '  for key in $(ResourceManager listkeys "$home"); do ResourceManager takegroup "$key" || failed=1; done',
    'done',
    'exit "$failed"',
  ].join('\n');
}
