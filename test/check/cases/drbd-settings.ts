import { accepts, finds, findsAll, type RuleCase } from '../rule-case';
import { asFiles, pair, withAllResources, withCluster, withMember, withNetwork, withResource } from '../fixtures';
import type { DrbdNetFacts, DrbdResourceFacts } from '../../../lib/topology/drbd';

const queue = 'groupware/queue';
const net =
  (change: Partial<DrbdNetFacts>) =>
  (resource: DrbdResourceFacts): Partial<DrbdResourceFacts> => ({ net: { ...resource.net, ...change } });
const disk =
  (change: Partial<DrbdResourceFacts['disk']>) =>
  (resource: DrbdResourceFacts): Partial<DrbdResourceFacts> => ({ disk: { ...resource.disk, ...change } });
const startup =
  (change: Partial<DrbdResourceFacts['startup']>) =>
  (resource: DrbdResourceFacts): Partial<DrbdResourceFacts> => ({ startup: { ...resource.startup, ...change } });
const mebibyte = 1024 ** 2;
const old = (resyncGroup: (index: number) => number | undefined): typeof pair => ({
  ...pair,
  drbdResources: pair.drbdResources.map((resource, index) => ({
    ...resource,
    version: '0.7',
    disk: { ...resource.disk, resyncAfter: undefined, resyncGroup: resyncGroup(index) },
  })),
});
const together = withAllResources(disk({ resyncAfter: undefined }));

export const settingCases: readonly RuleCase[] = [
  accepts('drbd/protocol', 'writes reach the disk of the peer', pair),
  accepts('drbd/protocol', 'the protocol is the default', withResource('queue', { protocol: undefined })),
  finds(
    'drbd/protocol',
    'writes are acknowledged locally',
    withResource('queue', { protocol: 'A' }),
    queue,
    /\(protocol A\)/,
  ),
  accepts('drbd/fencing-policy', 'a lost peer is outdated', pair),
  accepts('drbd/fencing-policy', 'DRBD 0.7 cannot', withAllResources({ version: '0.7', fencing: undefined })),
  finds(
    'drbd/fencing-policy',
    'nothing is given',
    withResource('queue', { fencing: undefined }),
    queue,
    /not given: dont-care/,
  ),
  finds(
    'drbd/fencing-policy',
    'it is switched off',
    withResource('queue', { fencing: 'dont-care' }),
    queue,
    /\(fencing dont-care\)/,
  ),
  accepts(
    'drbd/fencing-protocol',
    'protocol A goes on alone',
    withResource('queue', { protocol: 'A', fencing: 'resource-only' }),
  ),
  accepts('drbd/fencing-protocol', 'protocol B asked its peer', withResource('queue', { protocol: 'B' })),
  finds(
    'drbd/fencing-protocol',
    'DRBD would refuse them together',
    withResource('queue', { protocol: 'A', fencing: 'resource-and-stonith' }),
    queue,
    /\(protocol A, fencing resource-and-stonith\)/,
  ),
  accepts(
    'drbd/fence-handler',
    'the handler has its older name',
    withResource('queue', { handlers: [{ event: 'outdate-peer', command: '/bin/x' }] }),
  ),
  finds(
    'drbd/fence-handler',
    'there is no handler',
    withResource('queue', { handlers: [] }),
    queue,
    /\(fencing resource-and-stonith\)/,
  ),
  accepts('drbd/outdater-in-turn', 'the handler waits for its turn', pair),
  accepts(
    'drbd/outdater-in-turn',
    'one resource calls it',
    withResource('queue', { handlers: [{ event: 'fence-peer', command: '/usr/lib/heartbeat/drbd-peer-outdater' }] }),
  ),
  findsAll(
    'drbd/outdater-in-turn',
    'all call it at once',
    withAllResources({ handlers: [{ event: 'fence-peer', command: '/usr/lib/heartbeat/drbd-peer-outdater -t 5' }] }),
    ...['ldap', 'database', 'imap-index', 'imap-spool', 'queue', 'documents'].map((name) => ({
      path: `groupware/${name}`,
      text: /for 6 resources, and dopd serves one/,
    })),
  ),
  accepts('drbd/outdater-runs', 'dopd runs', pair),
  accepts(
    'drbd/outdater-runs',
    'the handler is another',
    withCluster(
      { dopd: false },
      withAllResources({ handlers: [{ event: 'fence-peer', command: '/usr/lib/drbd/crm-fence-peer.sh' }] }),
    ),
  ),
  findsAll(
    'drbd/outdater-runs',
    'dopd does not run',
    withCluster({ dopd: false }),
    ...['ldap', 'database', 'imap-index', 'imap-spool', 'queue', 'documents'].map((name) => ({
      path: `groupware/${name}`,
      text: /cluster ox does not run/,
    })),
  ),
  accepts('drbd/peer-authentication', 'digest and secret are given', pair),
  accepts(
    'drbd/peer-authentication',
    'neither is given',
    withResource('queue', net({ cramHmacAlg: undefined, sharedSecret: undefined })),
  ),
  finds(
    'drbd/peer-authentication',
    'the digest is absent',
    withResource('queue', net({ cramHmacAlg: undefined })),
    queue,
    /not authenticated/,
  ),
  finds(
    'drbd/peer-authentication',
    'the secret is absent',
    withResource('queue', net({ sharedSecret: undefined })),
    queue,
    /cannot authenticate \(sha256\)/,
  ),
  accepts('drbd/on-io-error', 'the disk is detached', pair),
  accepts('drbd/on-io-error', 'it is the default of DRBD 8.4', withResource('queue', disk({ onIoError: undefined }))),
  finds(
    'drbd/on-io-error',
    'it is the default of DRBD 0.7',
    withResource('queue', (one) => ({ version: '0.7', ...disk({ onIoError: undefined })(one) })),
    queue,
    /\(on-io-error pass_on \(default\)\)/,
  ),
  finds(
    'drbd/on-io-error',
    'the node stops',
    withResource('queue', disk({ onIoError: 'panic' })),
    queue,
    /\(on-io-error panic\)/,
  ),
  accepts('drbd/wfc-timeout', 'all times are finite', pair),
  accepts(
    'drbd/wfc-timeout',
    'DRBD 0.7 has a finite default',
    withResource('queue', (one) => ({
      version: '0.7',
      ...startup({ degrWfcTimeout: undefined, outdatedWfcTimeout: undefined })(one),
    })),
  ),
  finds(
    'drbd/wfc-timeout',
    'a time is infinite',
    withResource('queue', startup({ wfcTimeout: 'infinite' })),
    queue,
    /\(wfc-timeout infinite\)/,
  ),
  finds(
    'drbd/wfc-timeout',
    'times are not given',
    withResource('queue', { startup: { wfcTimeout: 1000, extraOptions: {} } }),
    queue,
    /\(degr-wfc-timeout not given: infinite, outdated-wfc-timeout not given: infinite\)/,
  ),
  accepts('drbd/net-timeout', 'it is less than both', withResource('queue', net({ timeout: 5900 }))),
  findsAll(
    'drbd/net-timeout',
    'it is as long as both',
    withResource('queue', net({ timeout: 10_000, connectInt: undefined })),
    { path: queue, text: /less than connect-int \(10s, 10s\)/ },
    { path: queue, text: /less than ping-int/ },
  ),
  accepts('drbd/ko-count', 'it is left to DRBD 8.4', withResource('queue', net({ koCount: undefined }))),
  finds(
    'drbd/ko-count',
    'it is left to DRBD 0.7',
    withResource('queue', (one) => ({ version: '0.7', ...net({ koCount: undefined })(one) })),
    queue,
    /not given: 0/,
  ),
  finds('drbd/ko-count', 'it is 0', withResource('queue', net({ koCount: 0 })), queue, /\(ko-count 0\)/),
  accepts('drbd/parallel-resync', 'resources follow each other', pair),
  accepts(
    'drbd/parallel-resync',
    'groups of DRBD 0.7 follow each other',
    old((index) => index),
  ),
  finds(
    'drbd/parallel-resync',
    'one resource follows none',
    withResource('documents', disk({ resyncAfter: undefined })),
    'groupware/documents',
    /\(database, documents on \/dev\/sdb of ox1, together 60 MiB\/s\)/,
  ),
  finds(
    'drbd/parallel-resync',
    'two resources of DRBD 0.7 are in one group, one by default',
    old((index) => (index === 0 ? undefined : index - 1)),
    'groupware/documents',
    /\(database, documents on .*\); give each a group of its own/,
  ),
  accepts('drbd/resync-order', 'the order ends', pair),
  findsAll(
    'drbd/resync-order',
    'the order is a circle',
    withResource('ldap', disk({ resyncAfter: 'database' })),
    { path: 'groupware/database', text: /circle \(ldap\)/ },
    { path: 'groupware/ldap', text: /circle \(database\)/ },
  ),
  finds(
    'drbd/resync-order',
    'a resource follows itself',
    withResource('ldap', disk({ resyncAfter: 'ldap' })),
    'groupware/ldap',
    /circle/,
  ),
  finds(
    'drbd/resync-order',
    'a resource follows one of other hosts',
    withResource('ldap', disk({ resyncAfter: 'nowhere' })),
    'groupware/ldap',
    /not on the same hosts \(nowhere\)/,
  ),
  accepts('drbd/resync-rate', 'one resource at a time takes a quarter', pair),
  finds(
    'drbd/resync-rate',
    'all resources run together',
    together,
    'groupware/hq/link',
    /180 MiB\/s, allowed 35\.8 MiB\/s/,
  ),
  finds(
    'drbd/resync-rate',
    'the link is slow',
    withNetwork('hq/link', { speed: 100_000_000 }),
    'groupware/hq/link',
    /30 MiB\/s, allowed 3\.6 MiB\/s/,
  ),
  accepts(
    'drbd/resync-rate',
    'the speed is not known and the published rates run together',
    withAllResources(disk({ resyncRate: 5 * mebibyte }), withNetwork('hq/link', { speed: undefined }, together)),
  ),
  finds(
    'drbd/resync-rate',
    'the sum is too much even for the fastest usual link',
    withNetwork('hq/link', { speed: undefined }, together),
    'groupware/hq/link',
    /even of one with 1 Gbit\/s/,
  ),
  accepts('drbd/dedicated-network', 'replication has its own network', pair),
  finds(
    'drbd/dedicated-network',
    'replication and clients share a network',
    withMember('address 192.168.1.160', (member) => ({ ...member, network: 'hq/link' }) as never),
    'groupware/hq/link',
    /ldap, database/,
  ),
  accepts('drbd/uniform', 'only the order differs', pair),
  finds(
    'drbd/uniform',
    'one resource has a setting of its own',
    withResource('queue', disk({ alExtents: 257 })),
    queue,
    /disk\.alExtents of DRBD resource queue .*\(257, others not given\)/,
  ),
  finds(
    'drbd/uniform',
    'one resource lacks a setting in files',
    asFiles(withResource('queue', startup({ wfcTimeout: undefined }))),
    queue,
    /startup\.wfcTimeout .*\(not given, others 120000\)/,
  ),
];
