import type { HeartbeatClusterFacts, ResourceGroupFacts } from '../../../topology/cluster';
import { monitorUnitOf } from '../../../topology/host-commands';
import { lookup } from '../../../topology/lookup';
import { sortedUnique } from '../../../topology/order';
import type { Topology } from '../../../topology/topology';
import { volumeKey, type HostLook, type ReachedHost } from '../facts';
import { listText, type StatusFinding } from './finding';
import { waitingFor } from './waiting';
import type { GroupOnHost, GroupStatus, MemberStatus } from './groups';

/** What must be known to judge one group. */
export interface GroupCase {
  readonly topology: Topology;
  readonly cluster: HeartbeatClusterFacts;
  readonly group: ResourceGroupFacts;
  readonly status: GroupStatus;
  readonly looks: readonly HostLook[];
}

/** What is wrong with where a group runs. */
export function groupFindings(one: GroupCase): readonly StatusFinding[] {
  const twice = runsTwice(one);
  const { hosts } = one.status;
  const here = hosts.filter((host) => host.is !== 'stopped');
  const rest =
    here.length === 0 ? nowhere(one) : here.flatMap((host) => [...incomplete(one, host), ...notWatched(one, host)]);
  return [...twice, ...rest, ...strayServices(one)];
}

function finding(
  { group }: GroupCase,
  severity: StatusFinding['severity'],
  id: string,
  hosts: readonly string[],
  problem: string,
  remedy: string,
): StatusFinding {
  return { severity, id: `group/${id}`, path: group.path, hosts: sortedUnique(hosts), problem, remedy };
}

/** The same address or storage on two nodes: each may write what the other does not have. */
function runsTwice(one: GroupCase): readonly StatusFinding[] {
  const places = new Map<string, string[]>();
  for (const host of one.status.hosts)
    for (const member of host.members)
      if (member.runs && member.kind !== 'service')
        places.set(member.name, [...(places.get(member.name) ?? []), host.host]);
  const twice = [...places].filter(([, hosts]) => hosts.length > 1);
  const [first] = twice;
  if (!first) return [];
  const names = twice.map(([name]) => name);
  return [
    finding(
      one,
      'failed',
      'twice',
      first[1],
      `group ${one.group.name} runs on ${listText(first[1])} at the same time (${names.join(', ')} on both)`,
      'stop heartbeat at once on the node whose clients can be given up: systemctl stop heartbeat; then look for a split brain of DRBD',
    ),
  ];
}

function nowhere(one: GroupCase): readonly StatusFinding[] {
  const { group, cluster, status, looks, topology } = one;
  const name = `group ${group.name}`;
  if (status.hosts.length === 0)
    return [
      finding(
        one,
        'unknown',
        'unseen',
        status.unreached,
        `where ${name} runs is not known: no node answers`,
        'see why',
      ),
    ];
  const moving = status.hosts.filter((host) => host.moving);
  if (moving.length > 0)
    return [
      finding(
        one,
        'failed',
        'moving',
        moving.map((host) => host.host),
        `${name} runs nowhere; heartbeat on ${listText(moving.map((host) => host.host))} is starting or stopping it`,
        "wait and look again; the deployment's prediction says how long it takes",
      ),
    ];
  const claiming = status.hosts.filter((host) => host.claimed);
  if (claiming.length > 0) return claiming.map((host) => claimedOnly(one, host));
  const states = looks.filter((look) => look.reached && cluster.nodes.includes(look.host)) as readonly ReachedHost[];
  const seen = status.unreached.filter((node) => states.some(({ state }) => isAlive(state.heartbeat.nodes[node])));
  if (seen.length > 0)
    return [
      finding(
        one,
        'unknown',
        'unseen',
        seen,
        `${name} runs on no node that answers; ${listText(seen)} does not answer here, but the cluster hears it`,
        `see why ${listText(seen)} is not reached from here; the group may well run there`,
      ),
    ];
  const waiting = states.filter(({ state }) => waitingFor(state)).map((look) => look.name);
  if (waiting.length > 0)
    return [
      finding(
        one,
        'failed',
        'waiting',
        waiting,
        `${name} runs nowhere; ${listText(waiting)} ${waiting.length > 1 ? 'wait' : 'waits'} for the other node before anything is started`,
        `start the other node; if it stays off: tandem switch ${topology.name} --forced --to ${waiting[0]}, which loses what only the other node has`,
      ),
    ];
  const stopped = states.filter(({ state }) => state.heartbeat.unit !== 'active').map((look) => look.name);
  if (stopped.length > 0)
    return [
      finding(
        one,
        'failed',
        'nowhere',
        stopped,
        `${name} runs nowhere; heartbeat does not run on ${listText(stopped)}`,
        `systemctl start heartbeat on ${listText(stopped)}`,
      ),
    ];
  return states.slice(0, 1).map((look) => {
    const { why, remedy } = obstacle(one, look);
    return finding(
      one,
      'failed',
      'nowhere',
      states.map((state) => state.name),
      `${name} runs nowhere, and no node claims it` + why,
      `wait, when a takeover is due: it begins when the other node has been silent for the deadtime; then: ${remedy}`,
    );
  });
}

/**
 * Heartbeat 3 in haresources mode says that it has the resources after a takeover that failed, and does not try again
 * (issue slice 5.3): only DRBD tells why, so this says it loudly.
 */
function claimedOnly(one: GroupCase, host: GroupOnHost): StatusFinding {
  const look = one.looks.find((candidate) => candidate.name === host.host) as ReachedHost;
  const { why, remedy } = obstacle(one, look);
  const claim = `group ${one.group.name} runs nowhere, though heartbeat on ${host.host} claims it`;
  return finding(one, 'failed', 'claimed', [host.host], claim + why, remedy);
}

/** What keeps a group from starting on a node, the ways out, and what each costs. */
function obstacle(one: GroupCase, look: ReachedHost): { readonly why: string; readonly remedy: string } {
  const { topology, cluster, group, status } = one;
  const facts = lookup(topology);
  const bad = group.members.flatMap((member) => {
    if (member.kind !== 'activation') return [];
    const resource = facts.drbdResource(member.resource);
    const disks = resource.volumes.map(
      (volume) => look.state.volumes[volumeKey(resource.name, volume.number)]?.disk ?? 'not configured',
    );
    const disk = disks.find((state) => state !== 'UpToDate');
    return disk === undefined ? [] : [{ name: resource.name, disk }];
  });
  if (bad.length === 0)
    return {
      why: '',
      remedy: `read /var/log/ha-log on ${look.name} for why heartbeat gave up, and mend that; then /usr/share/heartbeat/hb_standby there hands the group on, or tandem switch ${topology.name} --to ${look.name}`,
    };
  const other = cluster.nodes.map((id) => facts.host(id).name).find((node) => node !== look.name) ?? 'the other node';
  const disks = sortedUnique(bad.map(({ disk }) => disk));
  const names = bad.map(({ name }) => name);
  return {
    why:
      `: DRBD does not make ${listText(names)} primary on ${look.name}, because the copy is ${listText(disks, 'or')}` +
      (disks.includes('Outdated') ? `: ${other} has newer data` : ''),
    remedy: status.unreached.includes(other)
      ? `bring ${other} back, which loses nothing: its data is the newest and the services start again; or, if ${other} will not come back: tandem switch ${topology.name} --forced --to ${look.name}, which loses every write since ${look.name} was disconnected`
      : `${other} answers and has the data: tandem switch ${topology.name} --to ${other}`,
  };
}

function isAlive(state: string | undefined): boolean {
  return state === 'active' || state === 'up' || state === 'ping';
}

/** Members that are told one by one; where more are missing, a start or a stop has failed. */
const FEW_MEMBERS = 3;

/** Members that do not run where the group is. */
function incomplete(one: GroupCase, host: GroupOnHost): readonly StatusFinding[] {
  if (host.is === 'running') return [];
  const down = host.members.filter((member) => !member.runs);
  const name = `group ${one.group.name}`;
  if (host.moving)
    return [
      finding(
        one,
        'failed',
        'moving',
        [host.host],
        `${name} is starting or stopping on ${host.host}: ${host.members.length - down.length} of ${host.members.length} members run`,
        "wait and look again; the deployment's prediction says how long it takes",
      ),
    ];
  const look = one.looks.find((candidate) => candidate.name === host.host);
  if (down.length <= FEW_MEMBERS || !look?.reached) return down.map((member) => memberDown(one, host, member));
  const { why, remedy } = obstacle(one, look);
  const missing = listText(down.map((member) => member.name));
  return [
    finding(
      one,
      'failed',
      'partly',
      [host.host],
      `${name} runs only partly on ${host.host} (missing: ${missing})` + why,
      remedy,
    ),
  ];
}

function memberDown(one: GroupCase, { host }: GroupOnHost, member: MemberStatus): StatusFinding {
  const { topology } = one;
  const other = lookup(topology).host(
    one.cluster.nodes.find((id) => lookup(topology).host(id).name !== host) ?? one.group.preferred,
  ).name;
  const [id, problem, remedy] = {
    service: [
      'service-down',
      `service ${member.name} is ${member.state} on ${host}, where group ${one.group.name} is`,
      `${one.cluster.monitoring ? 'the monitoring starts it again; if it stays so: ' : ''}read its log on ${host} (systemctl status ${member.name}), start it, or tandem switch ${topology.name} --to ${other}`,
    ],
    mount: [
      'not-mounted',
      `${member.name} is ${member.state === '-' ? 'not mounted' : member.state} on ${host}, where group ${one.group.name} is`,
      `read /var/log/ha-log on ${host}; tandem switch ${topology.name} --to ${other} when its copies are UpToDate`,
    ],
    address: [
      'no-address',
      `address ${member.name} is not on ${host}, where group ${one.group.name} is: no client reaches it`,
      `read /var/log/ha-log on ${host}; a group that is starting gets it last`,
    ],
    activation: [
      'not-primary',
      `DRBD resource ${member.name} is ${member.state === '-' ? 'not configured' : member.state} on ${host}, where group ${one.group.name} is`,
      `drbdadm primary ${member.name} on ${host} says why not`,
    ],
  }[member.kind] as [string, string, string];
  return finding(one, 'failed', id, [host], problem, remedy);
}

/** Heartbeat in haresources mode watches no service; where the watcher does not run, nobody does (E15). */
function notWatched(one: GroupCase, { host, is }: GroupOnHost): readonly StatusFinding[] {
  if (!one.cluster.monitoring || is !== 'running') return [];
  const look = one.looks.find((candidate) => candidate.name === host);
  const unit = monitorUnitOf(one.group.name);
  const state = look?.reached ? look.state.units[unit] : undefined;
  if (state === undefined || state === 'active') return [];
  return [
    finding(
      one,
      'degraded',
      'not-watched',
      [host],
      `nobody watches the services of group ${one.group.name}: ${unit} is ${state} on ${host}`,
      `systemctl start ${unit} on ${host}`,
    ),
  ];
}

/** A service beside the cluster writes to a directory that is not the replicated one, or holds a port (X17). */
function strayServices(one: GroupCase): readonly StatusFinding[] {
  if (one.status.hosts.some((host) => host.moving)) return [];
  return one.status.hosts.flatMap((host) => {
    const stray = host.is === 'stopped' ? host.members.filter((member) => member.runs) : [];
    if (stray.length === 0 || host.members.every((member) => member.kind === 'service')) return [];
    const names = stray.map((member) => member.name);
    return [
      finding(
        one,
        'degraded',
        'service-alone',
        [host.host],
        `${listText(names)} ${names.length > 1 ? 'run' : 'runs'} on ${host.host}, where group ${one.group.name} is not`,
        `stop what the cluster has not started: systemctl stop ${names.join(' ')} on ${host.host}; and see that nothing starts it at boot`,
      ),
    ];
  });
}
