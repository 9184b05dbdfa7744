import { lookup } from '../../topology/lookup';
import { databaseFolder } from '../../topology/openldap-names';
import type { DirectoryFacts, DirectoryServerFacts } from '../../topology/replication';
import { shellWord } from '../../topology/shell-word';
import { outcomeOf, UnfinishedError } from '../pair/operation';
import { HOST_PATH } from '../pair/probe';
import { lastLines } from '../remote/remote';
import type { DirectoryOperation } from './directory-operation';

/**
 * Moves the databases of a directory away on the host of a server and starts slapd anew, which fetches everything from those
 * that it reads from. What was held stays in a folder beside, `DIRECTORY.REASON-TIME`.
 * @throws UnfinishedError
 */
export async function moveDatabaseAway(
  { operation, topology }: DirectoryOperation,
  directory: DirectoryFacts,
  server: DirectoryServerFacts,
  reason: 'returned' | 'refilled',
): Promise<void> {
  const host = lookup(topology).host(server.host);
  const folder = databaseFolder(directory);
  operation.say(`${host.name}: stopping slapd, moving ${folder} away, starting slapd`);
  const { status, stdout, stderr } = await outcomeOf(
    operation,
    host,
    [
      HOST_PATH,
      'set -e',
      `kept=${shellWord(`${folder}.${reason}-`)}$(date -u +%Y%m%dT%H%M%SZ)`,
      'systemctl stop slapd.service',
      `mv -T ${shellWord(folder)} "$kept"`,
      'systemctl start slapd.service',
      'printf "%s\\n" "$kept"',
    ].join('\n'),
    { timeout: 120 },
  );
  if (status !== 0)
    throw new UnfinishedError(`${server.name} could not be emptied`, lastLines(stderr), [
      `on ${host.name}: systemctl status slapd; ls -d ${folder}*`,
      `tandem status ${topology.name}`,
    ]);
  operation.say(`${host.name}: what it held is kept in ${stdout.trim()}`);
}
