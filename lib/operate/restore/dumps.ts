import type { BackupFacts } from '../../topology/backup';
import { dumpNameOf } from '../../topology/host-commands';
import { lookup } from '../../topology/lookup';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { RefusedError, type Operation } from '../pair/operation';
import { HOST_PATH } from '../pair/probe';
import { shellWord } from '../../topology/shell-word';
import { UnreachableError } from '../remote/remote';

/** A dump that lies on a host. */
export interface Dump {
  readonly backup: BackupFacts;
  readonly host: HostFacts;
  readonly file: string;
  /** When it was begun, in milliseconds since 1970. */
  readonly made: number;
  readonly bytes: number;
}

/** The dumps of a backup on all hosts that keep it, newest first, and the hosts that could not be asked. */
export interface DumpList {
  readonly backup: BackupFacts;
  readonly dumps: readonly Dump[];
  readonly unreached: readonly string[];
}

/** Lists the dumps of backups. A host that does not answer is named and is no error: the other one has a copy. */
export async function listDumps(
  operation: Pick<Operation, 'remote'>,
  topology: Topology,
  backups: readonly BackupFacts[],
): Promise<readonly DumpList[]> {
  const { host } = lookup(topology);
  return Promise.all(
    backups.map(async (backup) => {
      const unreached: string[] = [];
      const found = await Promise.all(
        backup.hosts.map(host).map(async (one) => {
          try {
            return await dumpsOn(operation, backup, one);
          } catch (error) {
            if (!(error instanceof UnreachableError)) throw error;
            unreached.push(`${one.name}: ${error.message}`);
            return [];
          }
        }),
      );
      return { backup, dumps: found.flat().sort((a, b) => b.made - a.made), unreached };
    }),
  );
}

async function dumpsOn(
  { remote }: Pick<Operation, 'remote'>,
  backup: BackupFacts,
  host: HostFacts,
): Promise<readonly Dump[]> {
  const directory = shellWord(backup.directory);
  const command = `${HOST_PATH}\n[ ! -d ${directory} ] || find ${directory} -maxdepth 1 -type f -printf '%s %f\\n'`;
  const { stdout } = await remote.run(host, command, { timeout: 60 });
  return stdout.split('\n').flatMap((line) => {
    const [, bytes = '', name = ''] = /^(\d+) (.+)$/.exec(line) ?? [];
    const stamp = dumpNameOf(backup.name, backup.kind).exec(name);
    if (!stamp) return [];
    const made = Date.parse(`${stamp[1]}T${stamp[2]}Z`.replace(STAMP, '$1-$2-$3T$4:$5:$6Z'));
    return [{ backup, host, file: `${backup.directory}/${name}`, made, bytes: Number(bytes) }];
  });
}

const STAMP = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/**
 * The dump that `latest`, `NODE:latest` or `NODE:FILE` names.
 * @throws RefusedError when there is none
 */
export function chosenDump({ backup, dumps, unreached }: DumpList, from: string): Dump {
  const colon = from.indexOf(':');
  const node = colon < 0 ? undefined : from.slice(0, colon);
  const file = colon < 0 ? from : from.slice(colon + 1);
  const onNode = dumps.filter((dump) => node === undefined || dump.host.name === node);
  const found =
    file === 'latest' ? onNode[0] : onNode.find((dump) => dump.file === file || dump.file.endsWith(`/${file}`));
  if (found) return found;
  throw new RefusedError(`no dump of ${backup.name} is '${from}'; nothing was changed`, [
    ...(dumps.length === 0
      ? [`there is no dump in ${backup.directory} on any host that answers`]
      : dumps.slice(0, 5).map((dump) => `there is ${dump.host.name}:${dump.file}`)),
    ...unreached,
  ]);
}

/** A span of time in words, in its two largest units. */
export function ageText(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (days > 0) return `${days} d ${hours} h`;
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}
