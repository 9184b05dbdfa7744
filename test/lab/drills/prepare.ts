import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { planClients, MAIL_USER, type ImapFacts, type LdapFacts, type SqlFacts } from '../clients/plan';
import type { ClientSettings } from '../clients/folder';
import type { Lab } from '../lab';
import { hostKeys } from '../up';
import { LabError } from '../topology-lab/plan';
import { installation } from './installation';
import type { Pair } from './pair';

/** What clients of a lab are told in every run: the plan, where their keys and passwords lie. */
export function clientSettings(pair: Pair, run: string): ClientSettings {
  const { lab } = pair;
  const plan = planClients(
    pair.topology,
    pair.groups.map(({ facts }) => facts),
  );
  const ldap = plan.clients.find((client): client is LdapFacts => client.kind === 'ldap');
  const secrets = JSON.parse(readFileSync(lab.directory.file('secrets.json'), 'utf8')) as Record<string, string>;
  return {
    run,
    plan,
    ssh: sshArguments(pair),
    administratorPassword: secretFile(lab, 'administrator', ldap ? secrets[ldap.secret] : undefined),
    userPassword: secretFile(lab, 'user', undefined),
  };
}

/** A file with a secret and nothing else, for this user alone; drawn at the first time where no value is given. */
export function secretFile(lab: Lab, name: string, value: string | undefined): string {
  const folder = lab.directory.file('drills', 'secrets');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = lab.directory.file('drills', 'secrets', name);
  if (value !== undefined || !existsSync(file))
    writeFileSync(file, value ?? randomBytes(12).toString('hex'), { mode: 0o600 });
  return file;
}

/** A virtual address has the host keys of whichever node has it. */
function sshArguments({ lab, groups }: Pair): readonly string[] {
  const file = lab.directory.file('drills', 'known_hosts');
  mkdirSync(lab.directory.file('drills'), { recursive: true });
  const names = groups.map(({ place }) => place).join(',');
  const keys = lab.plan.nodes.flatMap((node) => hostKeys(lab.directory, node.name).map((key) => `${names} ${key}\n`));
  writeFileSync(file, keys.join(''));
  return [
    ...['-F', lab.directory.file('ssh_config'), '-o', `UserKnownHostsFile=${file}`],
    ...['-o', 'ServerAliveInterval=1', '-o', 'ServerAliveCountMax=2', '-o', 'ConnectTimeout=4'],
  ];
}

/** What `prepareData` makes. */
export type Preparation = Making['kind'] | 'accounts';
const ALL: readonly Preparation[] = ['accounts', 'directory', 'table', 'mailbox'];

/**
 * Makes what the clients need and the deployment does not bring: the directory's base entry, the
 * mail user, the table. What is there is left alone.
 * @throws LabError with what was refused
 */
export async function prepareData(
  pair: Pair,
  report: (line: string) => void,
  what: readonly Preparation[] = ALL,
): Promise<void> {
  const { lab } = pair;
  const settings = clientSettings(pair, 'prepare');
  const { clients } = settings.plan;
  const ldap = clients.find((client): client is LdapFacts => client.kind === 'ldap');
  const sql = clients.find((client): client is SqlFacts => client.kind === 'sql');
  const imap = clients.find((client): client is ImapFacts => client.kind === 'imap');
  const users = imap ? [MAIL_USER, imap.administrator] : [];
  if (what.includes('accounts') && asksAccounts(pair)) report(await makeAccounts(pair, users, settings));
  if (ldap && what.includes('directory')) report(await inNetwork(lab, { kind: 'directory', settings, users }));
  if (sql && what.includes('table')) report(await inNetwork(lab, { kind: 'table', settings, database: sql }));
  if (imap && what.includes('mailbox')) report(await inNetwork(lab, { kind: 'mailbox', settings, mailbox: imap }));
}

/** Whether passwords of mail users are those of the nodes' own accounts. */
function asksAccounts({ topology }: Pair): boolean {
  return topology.services.some(({ settings }) => settings.kind === 'saslauthd' && settings.mechanism === 'pam');
}

/** Accounts of both nodes, all with the password of the drills' user; it is not seen among processes. */
async function makeAccounts(pair: Pair, users: readonly string[], settings: ClientSettings): Promise<string> {
  const password = readFileSync(settings.userPassword, 'utf8');
  const add = users.map((user) => `id ${user} >/dev/null 2>&1 || useradd --no-create-home ${user}`).join('; ');
  const lines = users.map((user) => `${user}:${password}\n`).join('');
  for (const node of pair.nodes) await pair.lab.sshMust(node, `${add}; chpasswd`, { input: lines });
  return `${users.join(' and ')} have accounts on ${pair.nodes.join(' and ')}`;
}

/** One thing to make, done inside the lab's network. */
export type Making =
  | { readonly kind: 'directory'; readonly settings: ClientSettings; readonly users: readonly string[] }
  | { readonly kind: 'suffix'; readonly settings: ClientSettings }
  | { readonly kind: 'table'; readonly settings: ClientSettings; readonly database: SqlFacts }
  | { readonly kind: 'mailbox'; readonly settings: ClientSettings; readonly mailbox: ImapFacts };

/** Makes something. @throws LabError with what was refused */
export async function inNetwork(lab: Lab, making: Making): Promise<string> {
  const file = lab.directory.file('drills', `make-${making.kind}.json`);
  writeFileSync(file, JSON.stringify(making));
  // The bundle of the running command; the daemon's copy may be of an older source.
  const call = `require(${JSON.stringify(installation().bundle)}).make(${JSON.stringify(file)})`;
  const outcome = await lab.namespace.run(process.execPath, ['-e', call], { timeout: 90 });
  if (outcome.status === 0) return outcome.stdout.trim();
  throw new LabError(`${making.kind} of the drills: ${(outcome.stderr || outcome.stdout).trim() || 'no answer'}`);
}
