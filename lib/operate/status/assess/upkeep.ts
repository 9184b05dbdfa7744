import { backupUnitsOf } from '../../../topology/host-commands';
import { lookup } from '../../../topology/lookup';
import type { Topology } from '../../../topology/topology';
import type { FileDrift } from '../drift/file-drift';
import type { HostLook, ReachedHost } from '../facts';
import { spanText, type FindingSeverity, type StatusFinding } from './finding';

/** Files, dumps and room of every host that answered. */
export function upkeepFindings(topology: Topology, looks: readonly HostLook[]): readonly StatusFinding[] {
  return looks.flatMap((look) =>
    look.reached
      ? [...backupFindings(topology, look), ...spaceFindings(topology, look), ...driftFindings(topology, look)]
      : [],
  );
}

function findingOn(
  topology: Topology,
  look: ReachedHost,
  severity: FindingSeverity,
  id: string,
  problem: string,
  remedy: string,
): StatusFinding {
  return { severity, id, path: lookup(topology).host(look.host).path, hosts: [look.name], problem, remedy };
}

/** A dump may miss one interval while nodes switch; after two the next loss of both disks costs more than promised (X12, R27). */
function backupFindings(topology: Topology, look: ReachedHost): readonly StatusFinding[] {
  return look.state.backups.flatMap(({ name, age }) => {
    const backup = topology.backups.find((candidate) => candidate.name === name);
    if (!backup) return [];
    const { service, timer } = backupUnitsOf(name);
    const limit = (2 * backup.interval) / 1000;
    const every = `it is due every ${spanText(backup.interval / 1000)}`;
    const finding = (severity: FindingSeverity, id: string, problem: string, remedy: string): StatusFinding =>
      findingOn(topology, look, severity, `backup/${id}`, problem, remedy);
    const stale =
      age === undefined
        ? look.state.uptime > limit
          ? [
              finding(
                'degraded',
                'none',
                `${look.name} has no dump ${name}; ${every}`,
                `journalctl -u ${service} on the node that runs its service`,
              ),
            ]
          : [finding('notice', 'none', `${look.name} has no dump ${name} yet; ${every}`, 'wait for the first one')]
        : age > limit
          ? [
              finding(
                'degraded',
                'old',
                `the last dump ${name} on ${look.name} is ${spanText(age)} old; ${every}`,
                `journalctl -u ${service} on the node that runs its service`,
              ),
            ]
          : [];
    return [
      ...stale,
      ...(look.state.units[service] === 'failed'
        ? [
            finding(
              'degraded',
              'failed',
              `the last dump ${name} failed on ${look.name}`,
              `journalctl -u ${service} there`,
            ),
          ]
        : []),
      ...(['active', 'unknown', undefined].includes(look.state.units[timer])
        ? []
        : [
            finding(
              'degraded',
              'no-timer',
              `nothing starts the dump ${name} on ${look.name}: ${timer} is ${look.state.units[timer]}`,
              `systemctl enable --now ${timer} there`,
            ),
          ]),
    ];
  });
}

/** Share of a file system below which the next write may not fit. */
const LITTLE_ROOM = 0.05;

function spaceFindings(topology: Topology, look: ReachedHost): readonly StatusFinding[] {
  const seen = new Set<string>();
  return look.state.space.flatMap(({ directory, size, available }) => {
    // Directories of one file system all show its room.
    const key = `${size} ${available}`;
    if (size === 0 || available / size >= LITTLE_ROOM || seen.has(key)) return [];
    seen.add(key);
    const left = `${Math.floor(available / 1_048_576)} of ${Math.round(size / 1_048_576)} MiB left`;
    return [
      findingOn(
        topology,
        look,
        'degraded',
        'host/space',
        `the file system of ${directory} on ${look.name} is ${available === 0 ? 'full' : 'almost full'} (${left})`,
        'free some, or make it larger, before a service stops',
      ),
    ];
  });
}

/** More files than this are told as one: then a bundle differs, not a file. */
const MANY_FILES = 8;

/** Configuration is kept the same by the synth alone (X15): what is changed on a host is lost at the next apply. */
function driftFindings(topology: Topology, look: ReachedHost): readonly StatusFinding[] {
  const drift = look.state.files?.drift ?? [];
  const remedy =
    'bring what is wanted into the stack; then terraform apply puts the rendered file there, ' +
    `with -replace=ADDRESS of the resource of ${look.name} (terraform state list) where the stack has not changed`;
  if (drift.length > MANY_FILES)
    return [
      findingOn(
        topology,
        look,
        'degraded',
        'file/drift',
        `${drift.length} files on ${look.name} are not as rendered: ${drift
          .slice(0, 3)
          .map((file) => driftText(file))
          .join('; ')}; ...`,
        remedy,
      ),
    ];
  return drift.map((file) =>
    findingOn(topology, look, 'degraded', 'file/drift', `${look.name}: ${driftText(file)}`, remedy),
  );
}

/** One file and how it differs, for instance `/etc/hosts:3 is 'b', rendered 'a'`. */
export function driftText({ path, kind, first, lines, found, expected }: FileDrift): string {
  switch (kind) {
    case 'missing':
      return `${path} is missing`;
    case 'type':
      return `${path} is no plain file`;
    case 'extra':
      return `${path} came with an earlier bundle and is not part of this synth`;
    case 'mode':
      return `${path} is ${found}, put there as ${expected}`;
    case 'content': {
      if (!first) return `${path} differs`;
      const more = lines !== undefined && lines > 1 ? ` (${lines} lines differ)` : '';
      const text = (line: string | undefined): string => (line === undefined ? 'not there' : `'${clipped(line)}'`);
      const is = first.hidden ? 'differs (not shown: it may hold a secret)' : `is ${text(first.found)}`;
      return `${path}:${first.line} ${is}, rendered ${text(first.rendered)}${more}`;
    }
  }
}

function clipped(line: string): string {
  return line.length > 120 ? `${line.slice(0, 117)}...` : line;
}
