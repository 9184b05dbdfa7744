import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { InputFile } from '../../lib/adopt/input';
import { judge, places, published, repository } from './support';

/** Where each finding about the published case shows: in this project's own files with the same faults and values. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  E1: ['drbd.conf:5', 'drbd.conf:61', 'drbd.conf:107', 'drbd.conf:114', 'drbd.conf:138', 'drbd.conf:151'],
  E2: ['drbd.conf:7', 'drbd.conf:45', 'drbd.conf:81', 'drbd.conf:118'],
  E3: ['drbd.conf:5', 'drbd.conf:43', 'drbd.conf:79', 'drbd.conf:116', 'haresources:2'],
  E4: ['haresources:3', 'haresources:7', 'haresources:10', 'haresources:11'],
  E5: ['ha.cf:4'],
  E6: ['ha.cf:3'],
  E7: ['drbd.conf:33', 'ha.cf:3'],
  E8: ['ha.cf:4'],
  E9: ['ha.cf:4'],
  E10: ['drbd.conf:64'],
  E11: ['drbd.conf:9', 'drbd.conf:48', 'drbd.conf:84', 'drbd.conf:121'],
  E12: ['drbd.conf:9', 'drbd.conf:28'],
  E13: ['haresources:15', 'haresources:16'],
  E14: ['haresources:15', 'haresources:16'],
  E15: ['ha.cf:4'],
  E16: ['haresources:2'],
  E17: ['haresources:11'],
  E18: ['haresources:5'],
};

describe('the files as published', () => {
  const { remarks, adoption } = judge(published());

  test.each(Object.entries(OWN))('%s is reported with its lines', (requirement, expected) => {
    expect(places(remarks, requirement)).toEqual(expected);
  });

  test('the mail queue and the documents are told apart', () => {
    const lost = remarks.filter((remark) => remark.requirements.includes('E13'));
    expect(lost.map((remark) => [remark.line, /postfix|openexchange/.exec(remark.problem)?.[0]])).toEqual([
      [15, 'postfix'],
      [16, 'openexchange'],
    ]);
  });

  test('no keyword is unknown', () => {
    expect(remarks.filter((remark) => remark.rule === 'files/unknown-keyword')).toEqual([]);
  });

  test('devices, mounts and services are joined across the files', () => {
    const [group] = adoption.topology.clusters[0]?.groups ?? [];
    expect(group?.members.map((member) => member.path)).toEqual([
      'heartbeat/ox1/address 192.168.1.160',
      'heartbeat/ox1/activation r1',
      'heartbeat/ox1/mount /var/lib/ldap',
      'heartbeat/ox1/service ldap',
      'heartbeat/ox1/service saslauthd',
      'heartbeat/ox1/activation r0',
      'heartbeat/ox1/mount /var/lib/pgsql',
      'heartbeat/ox1/service postgresql',
      'heartbeat/ox1/activation r2',
      'heartbeat/ox1/activation r3',
      'heartbeat/ox1/mount /var/lib/imap',
      'heartbeat/ox1/mount /var/spool/imap',
      'heartbeat/ox1/service cyrus',
      'heartbeat/ox1/service postfix',
      'heartbeat/ox1/service openexchange',
    ]);
    expect(group?.members.find((member) => member.path.endsWith('/mount /var/spool/imap'))).toMatchObject({
      source: { kind: 'drbd', resource: 'r3', volume: 0 },
    });
  });

  test('replication and heartbeat by one address are one network', () => {
    const { topology } = adoption;
    expect(topology.clusters[0]?.links).toEqual([
      {
        kind: 'ucast',
        network: '192.168.180.0/24',
        ends: [
          { host: 'ox1', interface: 'eth1', address: '192.168.180.20' },
          { host: 'ox2', interface: 'eth1', address: '192.168.180.10' },
        ],
      },
    ]);
    expect(topology.drbdResources.map((resource) => resource.network)).toEqual(Array(4).fill('192.168.180.0/24'));
  });
});

const document = path.resolve(repository, '..', 'shared', 'seeds', '004_1d3b696f080a7435.txt');

/** The listings behind a heading, with all other lines blank: lines keep the numbers they have in the document. */
function listing(file: string, lines: readonly string[], from: RegExp, to: RegExp): InputFile {
  const start = lines.findIndex((line) => from.test(line));
  const length = lines.slice(start + 1).findIndex((line) => to.test(line));
  const end = length < 0 ? lines.length : start + 1 + length;
  let inside = false;
  const kept = lines.map((line, index) => {
    if (index <= start || index >= end) return '';
    if (line.startsWith('```')) inside = !inside;
    return inside && !line.startsWith('```') ? line : '';
  });
  return { file, text: kept.join('\n') };
}

/** The same in the document itself. */
const DOCUMENT: Readonly<Record<string, readonly string[]>> = {
  E1: ['drbd.conf:262', 'drbd.conf:327', 'drbd.conf:379', 'drbd.conf:389', 'drbd.conf:413', 'drbd.conf:428'],
  E2: ['drbd.conf:264', 'drbd.conf:311', 'drbd.conf:352', 'drbd.conf:393'],
  E3: ['drbd.conf:262', 'drbd.conf:309', 'drbd.conf:350', 'drbd.conf:391', 'haresources:445'],
  E4: ['haresources:446', 'haresources:450', 'haresources:453', 'haresources:454'],
  E5: ['ha.cf:438'],
  E6: ['ha.cf:437'],
  E7: ['drbd.conf:298', 'ha.cf:437'],
  E8: ['ha.cf:438'],
  E9: ['ha.cf:438'],
  E10: ['drbd.conf:333'],
  E11: ['drbd.conf:267', 'drbd.conf:314', 'drbd.conf:355', 'drbd.conf:396'],
  E12: ['drbd.conf:267', 'drbd.conf:292'],
  E13: ['haresources:458', 'haresources:459'],
  E14: ['haresources:458', 'haresources:459'],
  E15: ['ha.cf:438'],
  E16: ['haresources:445'],
  E17: ['haresources:454'],
  E18: ['haresources:448'],
};

(existsSync(document) ? describe : describe.skip)('the document itself', () => {
  const lines = existsSync(document) ? readFileSync(document, 'utf8').split('\n') : [];
  const { remarks } = judge({
    drbd: listing(
      'drbd.conf',
      lines,
      /Example Configuration File for drbd/,
      /Example Configuration Files for Heartbeat/,
    ),
    ha: listing('ha.cf', lines, /ha\.cf \(on master\)/, /haresources \(identical/),
    haresources: listing('haresources', lines, /haresources \(identical/, /^# /),
  });

  test.each(Object.entries(DOCUMENT))('%s is reported with its lines', (requirement, expected) => {
    expect(places(remarks, requirement)).toEqual(expected);
  });
});
