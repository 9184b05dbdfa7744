import { accepts, finds, findsAll, type RuleCase } from '../rule-case';
import {
  asFiles,
  inTwoGroups,
  mailMembers,
  pair,
  withBackup,
  withMember,
  withoutMember,
  withService,
} from '../fixtures';
import type { ServiceFacts } from '../../../lib/topology/service';
import type { Topology } from '../../../lib/topology/topology';

const group = 'groupware/ox/groupware';
const settings =
  (change: object) =>
  (service: ServiceFacts): Partial<ServiceFacts> => ({ settings: { ...service.settings, ...change } as never });
const unknownState = (of: typeof pair): typeof pair => ({
  ...asFiles(of),
  services: of.services.map((service) => ({ ...service, state: [] })),
});
const ports = (port: number, protocol: 'tcp' | 'udp'): Partial<ServiceFacts> => ({
  ports: [{ port, protocol, from: 'clients' }],
});
const spool = (fileSystem: string, options?: string): Topology =>
  withMember('mount /var/spool/imap', (member) => ({ ...member, fileSystem, options }) as never);
const lostQueue = withMember('mount /var/spool/mta', (member) => ({ ...member, directory: '/srv/other' }) as never);

export const serviceCases: readonly RuleCase[] = [
  accepts('service/in-group', 'every service is in the group', pair),
  finds(
    'service/in-group',
    'a service was forgotten',
    withoutMember('service openexchange'),
    'groupware/openexchange',
    /no group starts \(openexchange\)/,
  ),
  accepts('service/enabled-at-boot', 'the cluster starts all', pair),
  accepts(
    'service/enabled-at-boot',
    'no cluster manages it',
    withoutMember('service openexchange', withService('openexchange', { enabledAtBoot: true })),
  ),
  finds(
    'service/enabled-at-boot',
    'boot starts one too',
    withService('openexchange', { enabledAtBoot: true }),
    'groupware/openexchange',
    /\(openexchange\.service\)/,
  ),
  accepts('service/state-replicated', 'all state is replicated or expendable', pair),
  accepts(
    'service/state-replicated',
    'state is declared expendable with a reason',
    withService('postfix', { state: [{ directory: '/var/spool/x', holds: 'queue', expendable: 'relay only' }] }),
  ),
  finds(
    'service/state-replicated',
    'the mail queue is on a local disk',
    lostQueue,
    'groupware/postfix',
    /state of service postfix .*: mail queue \(\/var\/spool\/mta\/queue\)/,
  ),
  ...[
    ['directory', '/var/lib/ldap', 'the directory'],
    ['postgresql', '/var/lib/pgsql', 'the database'],
    ['cyrus', '/var/lib/imap', 'the indexes of mailboxes'],
    ['cyrus', '/var/spool/imap', 'mail'],
  ].map(([service = '', directory = '', what = '']) =>
    finds(
      'service/state-replicated',
      `${what} has no mount of its own (X18)`,
      withoutMember(`mount ${directory}`),
      `groupware/${service}`,
      new RegExp(`\\(${directory}`),
    ),
  ),
  finds(
    'service/state-replicated',
    'the reason is empty',
    withService('postfix', { state: [{ directory: '/var/spool/x', holds: 'queue', expendable: ' ' }] }),
    'groupware/postfix',
    /\(\/var\/spool\/x\)/,
  ),
  finds(
    'service/state-replicated',
    'a directory only begins like a mount point',
    withService('postfix', { state: [{ directory: '/var/spool/mta2', holds: 'queue' }] }),
    'groupware/postfix',
    /\(\/var\/spool\/mta2\)/,
  ),
  finds(
    'service/state-replicated',
    'files show no mount for the mail queue',
    unknownState(lostQueue),
    `${group}/service postfix`,
    /\(\/var\/spool\/postfix\)/,
  ),
  accepts(
    'service/state-replicated',
    'files show that the queue was moved',
    unknownState(withMember('mount /var/spool/mta', (member) => ({ ...member, directory: '/srv/queue' }) as never)),
  ),
  accepts('service/requires-same-group', 'all services are in one group', pair),
  findsAll(
    'service/requires-same-group',
    'services are split',
    inTwoGroups(mailMembers),
    { path: 'groupware/cyrus', text: /group groupware, .*\(saslauthd\)/ },
    { path: 'groupware/openexchange', text: /group mail, .*\(cyrus-imapd\)/ },
    { path: 'groupware/openexchange', text: /\(postfix\)/ },
  ),
  accepts('service/unique-port', 'a port is used by two protocols', withService('openexchange', ports(25, 'udp'))),
  finds(
    'service/unique-port',
    'two services use one port',
    withService('postfix', ports(80, 'tcp')),
    'groupware/openexchange',
    /service postfix already uses \(80\/tcp\)/,
  ),
  finds(
    'service/unique-port',
    'a service uses the port of DRBD',
    withService('openexchange', ports(7788, 'tcp')),
    'groupware/openexchange',
    /DRBD resource ldap already uses/,
  ),
  finds(
    'service/unique-port',
    'a service uses the port of Heartbeat',
    withService('openexchange', ports(694, 'udp')),
    'groupware/openexchange',
    /Heartbeat already uses/,
  ),
  accepts('service/data-below-mount', 'the data lie below', pair),
  finds(
    'service/data-below-mount',
    'the data lie on the mount point (X9)',
    withService('postgresql', settings({ dataDirectory: '/var/lib/pgsql' })),
    'groupware/postgresql',
    /\(\/var\/lib\/pgsql\)/,
  ),
  accepts(
    'service/store-on-nfs',
    'documents lie on NFS',
    withMember('mount /var/opt/openexchange', (member) => ({ ...member, fileSystem: 'nfs4' }) as never),
  ),
  finds(
    'service/store-on-nfs',
    'the directory lies on NFS',
    withMember('mount /var/lib/ldap', (member) => ({ ...member, fileSystem: 'nfs4' }) as never),
    'groupware/directory',
    /slapd lies on NFS: directory database \(\/var\/lib\/ldap\/data\)/,
  ),
  accepts(
    'service/mailbox-index',
    'the messages are mounted with data=journal among other options',
    spool('ext4', 'noatime,data=journal'),
  ),
  accepts('service/mailbox-index', 'the messages lie on NFS, which another rule reports', spool('nfs4')),
  finds(
    'service/mailbox-index',
    'the messages are mounted with the default of the file system',
    spool('ext4', 'noatime'),
    'groupware/cyrus',
    /refuses: .* \(\/var\/spool\/imap, ext4, noatime\); mount it with the option data=journal/,
  ),
  finds(
    'service/mailbox-index',
    'the file system cannot keep the order',
    spool('xfs'),
    'groupware/cyrus',
    /\(\/var\/spool\/imap, xfs\); use ext4/,
  ),
  accepts('service/synchronous-commit', 'commits wait for the disk', pair),
  finds(
    'service/synchronous-commit',
    'commits do not wait',
    withService('postgresql', settings({ synchronousCommit: false })),
    'groupware/postgresql',
    /synchronous_commit off/,
  ),
  accepts('backup/missing', 'both stores are dumped', pair),
  accepts('backup/missing', 'files show no backup', asFiles({ ...pair, backups: [] })),
  findsAll(
    'backup/missing',
    'nothing is dumped',
    { ...pair, backups: [] },
    { path: 'groupware/directory', text: /\(slapd\); add a backup of kind 'ldif'/ },
    { path: 'groupware/postgresql', text: /'sql'/ },
  ),
  accepts('backup/interval', 'there is one interval', pair),
  finds(
    'backup/interval',
    'directory and database differ',
    withBackup('directory-dump', { interval: 3_600_000 }),
    'groupware/directory-dump',
    /database-dump, .*\(3600s, 1800s\)/,
  ),
  accepts('backup/directory', 'dumps lie on a local disk', pair),
  finds(
    'backup/directory',
    'dumps lie on a mount of a group',
    withBackup('directory-dump', { directory: '/var/lib/ldap/dumps' }),
    'groupware/directory-dump',
    /mount of \/var\/lib\/ldap \(/,
  ),
  accepts('backup/other-node', 'both nodes keep dumps', pair),
  finds(
    'backup/other-node',
    'one node keeps dumps',
    withBackup('directory-dump', { hosts: ['hq/ox1'] }),
    'groupware/directory-dump',
    /\(hq\/ox2\)/,
  ),
  accepts('backup/kind', 'each store has its dump program', pair),
  finds(
    'backup/kind',
    'a directory is dumped as SQL',
    withBackup('directory-dump', { kind: 'sql' }),
    'groupware/directory-dump',
    /kind sql cannot dump service slapd \(openldap\)/,
  ),
];
