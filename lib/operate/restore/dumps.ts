import type { BackupFacts } from '../../topology/backup';
import type { DumpFacts } from '../../topology/directory-dumps';
import { dumpNameOf } from '../../topology/host-commands';
import { lookup } from '../../topology/lookup';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { RefusedError, type Operation } from '../pair/operation';
import { HOST_PATH } from '../pair/probe';
import { shellWord } from '../../topology/shell-word';
import { UnreachableError } from '../remote/remote';

/** A dump that lies on a host. */
export interface Dump<Of extends DumpFacts = BackupFacts> {
  readonly backup: Of;
  readonly host: HostFacts;
  readonly file: string;
  /** When it was begun, in milliseconds since 1970. */
  readonly made: number;
  readonly bytes: number;
}

/** The dumps of a backup on all hosts that keep it, newest first, and the hosts that could not be asked. */
export interface DumpList<Of extends DumpFacts = BackupFacts> {
  readonly backup: Of;
  readonly dumps: readonly Dump<Of>[];
  readonly unreached: readonly string[];
}

/** Lists the dumps of backups. A host that does not answer is named and is no error: the other one has a copy. */
export async function listDumps<Of extends DumpFacts>(
  operation: Pick<Operation, 'remote'>,
  topology: Topology,
  backups: readonly Of[],
): Promise<readonly DumpList<Of>[]> {
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

async function dumpsOn<Of extends DumpFacts>(
  { remote }: Pick<Operation, 'remote'>,
  backup: Of,
  host: HostFacts,
): Promise<readonly Dump<Of>[]> {
  const { stdout } = await remote.run(host, `${HOST_PATH}\n${listCommand(backup.directory)}`, { timeout: 60 });
  return dumpsIn(backup, stdout).map((found) => ({ backup, host, ...found }));
}

/** Lists the files of a folder with their sizes; a folder that is not there is empty. */
export const listCommand = (folder: string): string =>
  `[ ! -d ${shellWord(folder)} ] || find ${shellWord(folder)} -maxdepth 1 -type f -printf '%s %f\\n'`;

/** The dumps in what `listCommand` printed. */
export function dumpsIn(
  { name, kind, directory }: DumpFacts,
  printed: string,
): readonly Pick<Dump, 'file' | 'made' | 'bytes'>[] {
  return printed.split('\n').flatMap((line) => {
    const [, bytes = '', file = ''] = /^(\d+) (.+)$/.exec(line) ?? [];
    const stamp = dumpNameOf(name, kind).exec(file);
    if (!stamp) return [];
    const made = Date.parse(`${stamp[1]}T${stamp[2]}Z`.replace(STAMP, '$1-$2-$3T$4:$5:$6Z'));
    return [{ file: `${directory}/${file}`, made, bytes: Number(bytes) }];
  });
}

const STAMP = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/**
 * The dump that `latest`, `NODE:latest` or `NODE:FILE` names.
 * @throws RefusedError when there is none
 */
export function chosenDump<Of extends DumpFacts>({ backup, dumps, unreached }: DumpList<Of>, from: string): Dump<Of> {
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
