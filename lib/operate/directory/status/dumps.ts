import { directoryDumps, type DirectoryDump } from '../../../topology/directory-dumps';
import { lookup } from '../../../topology/lookup';
import type { Topology } from '../../../topology/topology';
import type { EntityId } from '../../../topology/units';
import { MissingProgramError, UnreachableError, type Remote } from '../../remote/remote';
import { HOST_PATH } from '../../pair/probe';
import { dumpsIn, listCommand } from '../../restore/dumps';
import { spanText, type StatusFinding } from '../../status/assess/finding';

/** What was seen of the dumps of a directory on the host that makes them. */
export interface DumpLook {
  /** The backup. */
  readonly backup: EntityId;
  /** Why nobody could look; absent: somebody did. */
  readonly unknown?: string;
  /** When the last one was begun, as ISO 8601; absent: there is none. */
  readonly last?: string;
}

/** A regular dump as it is. */
export interface DumpStatus {
  readonly name: string;
  readonly server: string;
  /** Seconds between two dumps. */
  readonly interval: number;
  /** Seconds since the last one; absent: there is none, or it is not known. */
  readonly age?: number;
  readonly unknown?: string;
}

/** Seconds for one host: the directory itself is seen without ssh, and must not wait for it. */
const PATIENCE = 10;

/** Looks for the dumps of directories on their hosts. A host that ssh does not reach is no error. */
export function lookAtDumps(topology: Topology, remote: Remote): Promise<readonly DumpLook[]> {
  return Promise.all(
    directoryDumps(topology).map(async ({ backup, server, dump }): Promise<DumpLook> => {
      try {
        const { stdout } = await remote.run(
          lookup(topology).host(server.host),
          `${HOST_PATH}\n${listCommand(dump.directory)}`,
          { timeout: PATIENCE },
        );
        const last = Math.max(...dumpsIn(dump, stdout).map(({ made }) => made));
        return { backup: backup.id, ...(Number.isFinite(last) ? { last: new Date(last).toISOString() } : {}) };
      } catch (error) {
        if (!(error instanceof UnreachableError) && !(error instanceof MissingProgramError)) throw error;
        return { backup: backup.id, unknown: error.message };
      }
    }),
  );
}

/** The dumps of a directory. Pure. */
export function dumpStatuses(
  topology: Topology,
  directory: EntityId,
  looks: readonly DumpLook[],
  time: Date,
): readonly DumpStatus[] {
  return dumpsOf(topology, directory).flatMap(({ backup, server }) => {
    const look = looks.find((one) => one.backup === backup.id);
    if (!look) return [];
    const age = look.last === undefined ? undefined : Math.max(0, (time.getTime() - Date.parse(look.last)) / 1000);
    return [
      {
        ...{ name: backup.name, server: server.name, interval: backup.interval / 1000 },
        ...(age === undefined ? {} : { age }),
        ...(look.unknown === undefined ? {} : { unknown: look.unknown }),
      },
    ];
  });
}

const dumpsOf = (topology: Topology, directory: EntityId): readonly DirectoryDump[] =>
  directoryDumps(topology).filter((one) => one.directory.id === directory);

/** One missed dump is forgiven; after two intervals a mistake costs more than promised (R27). */
export function dumpFindings(path: string, dumps: readonly DumpStatus[]): readonly StatusFinding[] {
  return dumps.flatMap(({ name, server, interval, age, unknown }): readonly StatusFinding[] => {
    if (unknown !== undefined || (age !== undefined && age <= 2 * interval)) return [];
    const problem =
      age === undefined
        ? `${server} has no dump ${name}; it is due every ${spanText(interval)}`
        : `the last dump ${name} on ${server} is ${spanText(age)} old; it is due every ${spanText(interval)}`;
    const remedy = `on the host of ${server}: systemctl list-timers 'tandem-backup-*'; journalctl -u 'tandem-backup-*'`;
    return [
      {
        severity: 'degraded',
        id: `directory/${age === undefined ? 'no-dump' : 'old-dump'}`,
        path,
        hosts: [server],
        problem,
        remedy,
      },
    ];
  });
}

/** One line for each dump. */
export function dumpLines(dumps: readonly DumpStatus[]): readonly string[] {
  return dumps.map(({ name, server, age, unknown }) => {
    const last =
      unknown === undefined ? (age === undefined ? 'none yet' : `${spanText(age)} ago`) : `not known (${unknown})`;
    return `last dump ${name} on ${server}: ${last}`;
  });
}
