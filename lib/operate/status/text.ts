import { balancerLines } from '../balancer/text';
import { directoryLines } from '../directory/status/text';
import { mailLines } from '../mail/status/text';
import type { StatusReport } from './assess';
import { spanText, type StatusFinding } from './assess/finding';
import type { GroupOnHost, GroupStatus, MemberStatus } from './assess/groups';
import type { VolumeStatus, VolumeView } from './assess/replication';
import type { HostLook } from './facts';
import { tableLines, type Cell, type Emphasis, type Paint } from './table';

const SEVERITY: Readonly<Record<StatusFinding['severity'], { readonly label: string; readonly emphasis: Emphasis }>> = {
  failed: { label: 'FAILED', emphasis: 'bad' },
  degraded: { label: 'DEGRADED', emphasis: 'warning' },
  unknown: { label: 'UNKNOWN', emphasis: 'warning' },
  notice: { label: 'notice', emphasis: 'plain' },
};

/** A report for people: what is bad first, then tables of all that was seen. */
export function reportText(report: StatusReport, paint: Paint): string {
  const blocks = [
    [headline(report, paint)],
    findingLines(report.findings, paint),
    ...(report.hosts.length > 0 ? [tableLines(hostRows(report.hosts), paint)] : []),
    ...report.groups.map((group) => tableLines(groupRows(group), paint)),
    ...(report.volumes.length > 0 ? [tableLines(volumeRows(report.volumes, report.hosts), paint)] : []),
    mailLines(report.mailServers, paint),
    ...report.balancers.map((balancer) => balancerLines(balancer, paint)),
    ...report.directories.map((directory) => directoryLines(directory, report.findings, paint)),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.map((line) => `${line}\n`).join(''))
    .join('\n');
}

function headline({ deployment, severity, time }: StatusReport, paint: Paint): string {
  const word = severity === 'ok' ? paint('OK', 'good') : paint(SEVERITY[severity].label, SEVERITY[severity].emphasis);
  return `${deployment}: ${word}  ${time.replace('T', ' ').replace(/\.\d+Z/, ' UTC')}`;
}

/** What to do stands once behind findings that follow each other and need the same. */
function findingLines(findings: readonly StatusFinding[], paint: Paint): readonly string[] {
  return findings.flatMap(({ severity, id, path, problem, remedy }, index) => {
    const { label, emphasis } = SEVERITY[severity];
    const line = `${paint(label.padEnd(8), emphasis)}  [${path}] ${id}: ${problem}`;
    return findings[index + 1]?.remedy === remedy ? [line] : [line, `${' '.repeat(10)}-> ${remedy}`];
  });
}

function header(...texts: readonly string[]): readonly Cell[] {
  return texts.map((text) => ({ text }));
}

const warnUnless = (text: string, good: boolean): Cell => ({ text, emphasis: good ? 'plain' : 'warning' });

function hostRows(hosts: readonly HostLook[]): readonly (readonly Cell[])[] {
  const backups = [
    ...new Set(hosts.flatMap((look) => (look.reached ? look.state.backups.map(({ name }) => name) : []))),
  ];
  return [
    header('HOST', 'UP', 'HEARTBEAT', 'LINKS', 'CLAIMS', 'CLOCK', 'FILES', ...backups.map((name) => `DUMP ${name}`)),
    ...hosts.map((look): readonly Cell[] => {
      if (!look.reached) return [{ text: look.name }, { text: 'not reached', emphasis: 'warning' }];
      const { uptime, heartbeat, clock, files, units } = look.state;
      const links = Object.values(heartbeat.links);
      const up = links.filter((state) => state === 'up').length;
      const drift = files?.drift.length ?? 0;
      return [
        { text: look.name },
        { text: spanText(uptime) },
        'heartbeat.service' in units ? warnUnless(heartbeat.unit, heartbeat.unit === 'active') : { text: '-' },
        warnUnless(links.length === 0 ? '-' : `${up} of ${links.length}`, up === links.length),
        { text: heartbeat.resources ?? '-' },
        { text: `${clock.offset < 0 ? '' : '+'}${clock.offset.toFixed(2)} s ± ${clock.uncertainty.toFixed(2)}` },
        files
          ? warnUnless(drift === 0 ? `${files.compared} as rendered` : `${drift} differ`, drift === 0)
          : { text: 'not compared' },
        ...backups.map((name): Cell => {
          const age = look.state.backups.find((backup) => backup.name === name)?.age;
          return { text: age === undefined ? '-' : `${spanText(age)} ago` };
        }),
      ];
    }),
  ];
}

const KINDS = [
  ['address', 'addresses'],
  ['activation', 'DRBD primary'],
  ['mount', 'mounts'],
  ['service', 'services'],
] as const;

function groupRows(group: GroupStatus): readonly (readonly Cell[])[] {
  const at = (host: GroupOnHost): Cell =>
    ({
      running: { text: 'RUNS HERE', emphasis: 'good' },
      partly: { text: host.moving ? 'MOVING' : 'PARTLY', emphasis: 'bad' },
      stopped:
        host.claimed && !group.hosts.some(({ is }) => is === 'running')
          ? { text: 'claimed only', emphasis: 'bad' }
          : { text: '-' },
    })[host.is] as Cell;
  return [
    header(`GROUP ${group.name}`, ...group.hosts.map(({ host }) => host), ...group.unreached),
    [
      { text: '' },
      ...group.hosts.map(at),
      ...group.unreached.map(() => ({ text: 'unknown', emphasis: 'warning' as const })),
    ],
    ...KINDS.flatMap(([kind, title]) => {
      const cells = group.hosts.map((host) =>
        memberCell(
          host,
          host.members.filter((member) => member.kind === kind),
        ),
      );
      return cells.every((cell) => cell === undefined)
        ? []
        : [[{ text: `  ${title}` }, ...cells.map((cell) => cell ?? { text: '' })]];
    }),
  ];
}

/** All of a kind in one cell; what is not as it should be by its name. */
function memberCell({ is }: GroupOnHost, members: readonly MemberStatus[]): Cell | undefined {
  if (members.length === 0) return undefined;
  const running = members.filter((member) => member.runs);
  if (is === 'stopped' && running.length === 0) return { text: '-' };
  if (running.length === members.length && is !== 'stopped') {
    const names = members.map((member) => member.name).join(', ');
    return { text: names.length <= 24 ? names : `${members.length} of ${members.length}` };
  }
  const odd = is === 'stopped' ? running : members.filter((member) => !member.runs);
  const text = odd.map((member) => `${member.name} ${member.state === '-' ? 'missing' : member.state}`).join(', ');
  return { text: `${running.length} of ${members.length}: ${text}`, emphasis: is === 'stopped' ? 'warning' : 'bad' };
}

function volumeRows(volumes: readonly VolumeStatus[], hosts: readonly HostLook[]): readonly (readonly Cell[])[] {
  const names = hosts.map((look) => look.name);
  const several = volumes.some((volume) => volume.volume > 0);
  return [
    header('DRBD', ...names, 'CONNECTION', ''),
    ...volumes.map((volume): readonly Cell[] => {
      const { resource, views, splitBrain } = volume;
      const states = [...new Set(views.flatMap(({ state }) => state?.peers.map((peer) => peer.connection) ?? []))];
      const good = !splitBrain && states.every((state) => state === 'Connected' || state === 'Established');
      return [
        { text: several ? `${resource}/${volume.volume}` : resource },
        ...names.map((name) => volumeCell(views.find((view) => view.host === name))),
        splitBrain
          ? { text: `SPLIT BRAIN: ${states.join(' / ')}`, emphasis: 'bad' }
          : warnUnless(states.join(' / ') || '-', good && states.length > 0),
        { text: resyncText(views), emphasis: 'warning' },
      ];
    }),
  ];
}

function volumeCell(view: VolumeView | undefined): Cell {
  if (!view) return { text: '-' };
  if (!view.state) return { text: 'not configured', emphasis: 'warning' };
  const { role, disk } = view.state;
  return warnUnless(`${role} ${disk}`, disk === 'UpToDate');
}

/** Progress of a resynchronisation as the node sees it that knows most. */
function resyncText(views: readonly VolumeView[]): string {
  const peers = views.flatMap(({ state }) => state?.peers ?? []);
  const found = peers.find((peer) => peer.resync)?.resync;
  if (!found) {
    const waits = peers.some((peer) => /^PausedSync/.test(peer.connection));
    const behind = Math.max(0, ...peers.map((peer) => peer.outOfSync));
    if (waits) return `waits for its turn, ${sizeText(behind)} to copy`;
    return behind > 0 ? `${sizeText(behind)} differ` : '';
  }
  const { done, finish, speed } = found;
  const behind = Math.max(0, ...peers.map((peer) => peer.outOfSync));
  return [
    ...(done === undefined ? [] : [`[${'#'.repeat(Math.round(done / 10)).padEnd(10, '.')}] ${done} %`]),
    `${sizeText(behind)} to copy`,
    ...(finish === undefined ? [] : [`${spanText(finish)} left`]),
    ...(speed === undefined ? [] : [`${sizeText(speed)}/s`]),
  ].join(', ');
}

function sizeText(kibibytes: number): string {
  return kibibytes < 1024 ? `${kibibytes} KiB` : `${(kibibytes / 1024).toFixed(1)} MiB`;
}
