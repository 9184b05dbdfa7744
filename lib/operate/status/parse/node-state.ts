import { lookup } from '../../../topology/lookup';
import type { HostFacts } from '../../../topology/site';
import type { Topology } from '../../../topology/topology';
import { proxyServers } from '../../balancer/state';
import { virtualServers } from '../../balancer/virtual-servers';
import { mailState } from '../../mail/status/state';
import {
  volumeKey,
  type BackupState,
  type ClockState,
  type HeartbeatState,
  type NodeState,
  type VolumeState,
} from '../facts';
import { manifestFile } from '../probe';
import type { Questions } from '../questions';
import { filledLines } from '../sections';
import { parseDrbdsetupStatus } from './drbd-9';
import { parseProcDrbd } from './drbd-8';

/** When the clock of a host was read, by the clock of this machine, in seconds. */
export interface Moment {
  readonly asked: number;
  readonly answered: number;
}

/** All that a host said, but for its files. */
export function parseNodeState(
  topology: Topology,
  host: HostFacts,
  questions: Questions,
  sections: ReadonlyMap<string, string>,
  moment: Moment,
): Omit<NodeState, 'files'> {
  const proc = splitByFile(sections.get('proc') ?? '');
  const drbd = parseProcDrbd(proc.get('/proc/drbd') ?? '');
  const now = Number(filledLines(sections.get('clock'))[0]);
  const states = filledLines(sections.get('units'));
  const mail = mailState(questions.mail, sections, now);
  const proxies = proxyServers(sections.get('haproxy'));
  const virtual = virtualServers(sections.get('lvs'));
  const units = Object.fromEntries(questions.units.map((unit, index) => [unit, states[index] ?? 'unknown']));
  return {
    hostname: filledLines(proc.get('/proc/sys/kernel/hostname'))[0],
    uptime: Number(/^[0-9.]+/.exec(proc.get('/proc/uptime') ?? '')?.[0] ?? 0),
    clock: clockState(now, moment, sections.get('chrony')),
    drbdVersion: drbd.version,
    volumes: volumesOf(topology, host, drbd.volumes, parseDrbdsetupStatus(sections.get('drbd9') ?? '')),
    heartbeat: parseHeartbeat(sections.get('heartbeat') ?? '', units['heartbeat.service'] ?? 'unknown'),
    mounts: filledLines(proc.get('/proc/mounts')).map((line) => {
      const [device = '', directory = ''] = line.split(' ').map(unescapeMount);
      return { device, directory };
    }),
    addresses: [...(sections.get('addresses') ?? '').matchAll(/ inet6? ([0-9a-f.:]+)/g)].map((found) => found[1] ?? ''),
    units,
    backups: questions.backups.map(({ name }) => backupState(name, filledLines(sections.get('backups')), now)),
    space: filledLines(sections.get('space')).flatMap((line) => {
      const [, block, blocks, available, directory] = /^([0-9]+) ([0-9]+) ([0-9]+) (.*)$/.exec(line) ?? [];
      if (block === undefined || directory === undefined) return [];
      return [{ directory, size: Number(block) * Number(blocks), available: Number(block) * Number(available) }];
    }),
    ...(mail ? { mail } : {}),
    ...(proxies ? { proxies } : {}),
    ...(virtual ? { virtualServers: virtual } : {}),
  };
}

/** Lines of the manifest that the apply script keeps on a host. */
export function manifestLines(deployment: string, sections: ReadonlyMap<string, string>): readonly string[] {
  return filledLines(splitByFile(sections.get('proc') ?? '').get(manifestFile(deployment)));
}

/** What `grep -H ''` printed of several files, by file. */
function splitByFile(text: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const line of text.split('\n')) {
    const end = line.indexOf(':');
    if (end < 0) continue;
    const file = line.slice(0, end);
    files.set(file, `${files.get(file) ?? ''}${line.slice(end + 1)}\n`);
  }
  return files;
}

function clockState(now: number, { asked, answered }: Moment, chrony: string | undefined): ClockState {
  // CSV: reference id, its name, stratum, reference time, offset, ..., leap status.
  const fields = filledLines(chrony)[0]?.split(',') ?? [];
  return {
    offset: now - (asked + answered) / 2,
    uncertainty: (answered - asked) / 2,
    chrony:
      fields.length < 14 ? undefined : { synchronised: fields[13] !== 'Not synchronised', offset: Number(fields[4]) },
  };
}

function volumesOf(
  topology: Topology,
  host: HostFacts,
  byMinor: ReadonlyMap<number, VolumeState>,
  byName: ReadonlyMap<string, VolumeState>,
): Record<string, VolumeState> {
  const facts = lookup(topology);
  return Object.fromEntries(
    facts.drbdResourcesOf(host.id).flatMap((resource) => {
      const others = resource.peers.filter((peer) => peer.host !== host.id).map((peer) => facts.host(peer.host).name);
      return resource.volumes.flatMap((volume) => {
        const key = volumeKey(resource.name, volume.number);
        const state = byName.get(key) ?? byMinor.get(volume.minor);
        if (!state) return [];
        const peers = state.peers.map((peer) => ({ ...peer, peer: peer.peer ?? others[0] }));
        return [[key, { ...state, peers }]];
      });
    }),
  );
}

function parseHeartbeat(text: string, unit: string): HeartbeatState {
  const [nodes, links] = [new Map<string, string>(), new Map<string, string>()];
  let resources: string | undefined;
  for (const line of filledLines(text)) {
    const [kind, name = '', state = ''] = line.trim().split(/\s+/);
    if (kind === 'node' && state !== '') nodes.set(name, state);
    if (kind === 'link' && state !== '') links.set(name, state);
    if (kind === 'resources' && name !== '') resources = name;
  }
  return { unit, resources, nodes: Object.fromEntries(nodes), links: Object.fromEntries(links) };
}

function backupState(name: string, lines: readonly string[], now: number): BackupState {
  const line = lines.find((candidate) => candidate.startsWith(`${name} `));
  const [, y, mo, d, h, mi, s] = /-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\./.exec(line ?? '') ?? [];
  if (y === undefined) return { name };
  return { name, age: now - Date.UTC(+y, Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s)) / 1000 };
}

/** /proc/mounts writes a space as `\040`. */
function unescapeMount(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
}
