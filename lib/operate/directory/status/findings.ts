import type { DirectoryFacts, FailoverGroupFacts, MultiMasterGroupFacts } from '../../../topology/replication';
import { membersOf } from '../../../topology/replication-graph';
import type { Topology } from '../../../topology/topology';
import { findingsOf, listText, spanText, type FindingSeverity, type StatusFinding } from '../../status/assess/finding';
import type { ConfigurationDifference } from '../configuration';
import { copiesOf, failoverGroupOf } from '../copies';
import type { CopyStatus, DirectoryStatus } from './copy-status';

/** Seconds behind which a copy is late. */
const LATE = 60;

/** Days before its end in which a certificate is told of. */
const CERTIFICATE_DAYS = 30;

/** Differences of a configuration that are named. */
const SHOWN = 3;

/** What is wrong with a directory, and what to do. Pure. */
export function directoryFindings(
  topology: Topology,
  directory: DirectoryFacts,
  status: DirectoryStatus,
): readonly StatusFinding[] {
  const group = failoverGroupOf(topology, directory);
  const multi = topology.multiMasterGroups.find((one) => one.directory === directory.id);
  const context: Context = { topology, directory, status, group, multi };
  return [
    ...writerFindings(context),
    ...status.copies.flatMap((copy) => copyFindings(context, copy)),
    ...schemaFindings(context),
  ];
}

interface Context {
  readonly topology: Topology;
  readonly directory: DirectoryFacts;
  readonly status: DirectoryStatus;
  readonly group?: FailoverGroupFacts;
  readonly multi?: MultiMasterGroupFacts;
}

const command = (topology: Topology, directory: DirectoryFacts, words: string): string =>
  `tandem ${words.replace('DEPLOYMENT', topology.name)}${topology.directories.length > 1 ? ` --directory ${directory.name}` : ''}`;

const finding = findingsOf('directory');

function writerFindings(context: Context): readonly StatusFinding[] {
  const { topology, directory, status, group, multi } = context;
  const unseen = status.copies.filter(({ now }) => now === 'unreachable' || now === 'unknown');
  if (group && status.writers.length > 1)
    return [
      finding(
        directory,
        'failed',
        'two-masters',
        status.writers,
        `${listText(status.writers)} take writes, which overwrite each other`,
        `decide for one: ${command(topology, directory, 'switch DEPLOYMENT --to SERVER')} makes the others read-only`,
      ),
    ];
  if (status.writers.length > 0 || (!group && !multi)) return [];
  const members = group ? membersOf(group) : (multi?.suppliers ?? []);
  const blind = unseen.filter(({ look }) => members.includes(look.server));
  const lost = blind.map(({ server }) => server);
  const remedy = group
    ? lost.length > 0
      ? `bring ${listText(lost, 'or')} back, or go on without: ${command(topology, directory, 'switch DEPLOYMENT --forced --to SERVER')}`
      : command(topology, directory, 'switch DEPLOYMENT --to SERVER')
    : 'bring suppliers back: with policy quorum a strict majority has to answer';
  return [
    finding(directory, 'failed', 'no-writer', [], `no server takes writes of directory ${directory.name}`, remedy),
  ];
}

function copyFindings(context: Context, copy: CopyStatus): readonly StatusFinding[] {
  const { topology, directory, status, group } = context;
  const { server, now, look } = copy;
  const at = (severity: FindingSeverity, id: string, problem: string, remedy: string): StatusFinding =>
    finding(directory, severity, id, [server], problem, remedy);
  if (now === 'unreachable')
    return [
      at(
        'degraded',
        'not-running',
        `${server} does not answer (${look.unreached})`,
        `start slapd on it (systemctl start slapd), or mend the way to it and its certificate`,
      ),
    ];
  const found: StatusFinding[] = [];
  if (look.unknownTo !== undefined)
    found.push(
      at(
        'unknown',
        'not-asked',
        `${server} shows content, lag in changes and configuration to its administrator alone (${look.unknownTo})`,
        'give the file with secrets: --secrets FILE',
      ),
    );
  if (now === 'unknown')
    found.push(
      at(
        look.unknownTo === undefined ? 'failed' : 'unknown',
        'no-database',
        `${server} shows no database of ${status.suffix}`,
        'apply the stack, and start slapd anew: it reads its configuration at the start',
      ),
    );
  if (now === 'returned master')
    found.push(
      at(
        'degraded',
        'returned-master',
        `${server} was master, and is closed because ${listText(status.writers)} is master now`,
        `keep what it alone has and make it a mirror: ${command(topology, directory, `rejoin DEPLOYMENT ${server}`)}`,
      ),
    );
  if (now === 'closed')
    found.push(
      at(
        'degraded',
        'closed',
        `${server} answers nobody: it has not caught up yet, or waits for other members`,
        `journalctl -u tandem-directory-gate on ${server} says what it waits for`,
      ),
    );
  if (now === 'read-only supplier')
    found.push(
      at('degraded', 'read-only', `${server} takes no writes`, 'bring the other suppliers back, or mend the network'),
    );
  const [master, second] = status.writers;
  if (group && master !== undefined && second === undefined) {
    if (['mirror', 'hub', 'consumer', 'master'].includes(now) && copy.names[0] !== master)
      found.push(
        at(
          'degraded',
          'names-another',
          `${server} takes ${copy.names[0] ?? 'nobody'} for the master, which is ${master}`,
          `tell it: ${command(topology, directory, `switch DEPLOYMENT --to ${master}`)}`,
        ),
      );
    const others = membersNames(context).filter((name) => name !== master);
    const strays = (copy.follows ?? []).filter((name) => others.includes(name));
    if ((now === 'hub' || now === 'consumer') && strays.length > 0)
      found.push(
        at(
          'degraded',
          'follows-another',
          `${server} reads from ${listText(strays)} and not from the master ${master}`,
          `tell it: ${command(topology, directory, `switch DEPLOYMENT --to ${master}`)}`,
        ),
      );
  }
  return [...found, ...dataFindings(context, copy, at), ...upkeepFindings(copy, at)];
}

type At = (severity: FindingSeverity, id: string, problem: string, remedy: string) => StatusFinding;

function membersNames({ topology, directory, group }: Context): readonly string[] {
  const members = group ? membersOf(group) : [];
  return copiesOf(topology, directory)
    .filter(({ server }) => members.includes(server.id))
    .map(({ server }) => server.name);
}

function dataFindings({ topology, directory, status }: Context, copy: CopyStatus, at: At): readonly StatusFinding[] {
  const { server, lag = [], changesBehind, content } = copy;
  const late = Math.max(0, ...lag.map(({ seconds, none }) => (none ? Infinity : seconds)));
  const found: StatusFinding[] = [];
  if (late === Infinity)
    found.push(
      at(
        'degraded',
        'behind',
        `${server} has nothing of server id ${lag.find(({ none }) => none)?.serverId} yet`,
        'wait until it has fetched everything; when that does not end, look into the log of slapd on it',
      ),
    );
  else if (late > LATE)
    found.push(
      at(
        'degraded',
        'behind',
        `${server} is ${spanText(late)}${changesBehind === undefined ? '' : ` and ${changesBehind} changes`} behind`,
        'see whether it reaches its supplier; look into the log of slapd on it',
      ),
    );
  if (content === 'different') {
    const reference = status.copies.find((one) => one.content === 'reference');
    found.push(
      at(
        'failed',
        'content',
        `${server} says that it has every change, and holds other data than ${reference?.server} (${copy.entries} and ${reference?.entries} entries)`,
        `decide whose data is right, and fill the other one anew: ${command(topology, directory, `refill DEPLOYMENT ${server} --from ${reference?.server}`)}`,
      ),
    );
  }
  return found;
}

function upkeepFindings(
  { server, certificateDays, look: { configuration = [] } }: CopyStatus,
  at: At,
): StatusFinding[] {
  const found: StatusFinding[] = [];
  if (certificateDays !== undefined && certificateDays < CERTIFICATE_DAYS)
    found.push(
      at(
        'degraded',
        'certificate',
        `the certificate of ${server} ends in ${certificateDays} days`,
        'renew it (tandem certificates renew) and put it in place',
      ),
    );
  if (configuration.length > 0)
    found.push(
      at(
        'degraded',
        'configuration',
        `the configuration of ${server} is not as rendered: ${configuration.slice(0, SHOWN).map(differenceText).join(', ')}${configuration.length > SHOWN ? ` and ${configuration.length - SHOWN} more` : ''}`,
        'apply the stack; a change over LDAP lasts until the next start only',
      ),
    );
  return found;
}

/** One difference in words. */
export function differenceText({ dn, attribute, is }: ConfigurationDifference): string {
  const what = attribute === undefined ? dn : `${attribute} of ${dn}`;
  return `${what} is ${is === 'different' ? 'another' : is}`;
}

function schemaFindings(context: Context): readonly StatusFinding[] {
  const { status } = context;
  const shown = status.copies.filter(({ schema }) => schema !== undefined);
  const kinds = new Set(shown.map(({ schema }) => schema));
  if (kinds.size < 2) return [];
  const reference = shown.find(({ takesWrites }) => takesWrites) ?? shown[0];
  const others = shown.filter(({ schema }) => schema !== reference?.schema).map(({ server }) => server);
  return [
    finding(
      context.directory,
      'degraded',
      'schema',
      others,
      `${listText(others)} ${others.length === 1 ? 'has' : 'have'} another schema than ${reference?.server}`,
      'apply the stack on all servers: entries with unknown attributes can not be replicated',
    ),
  ];
}
