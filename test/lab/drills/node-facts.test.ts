import { groupwarePair } from '../../support/pair';
import { factsCommand, parseFacts } from './node-facts';

const TOLD = `boot 0b6f-1
heartbeat yes
claims all
member ox1 active
member ox2 dead
volume 0 cs:Connected ro:Primary/Secondary ds:UpToDate/Outdated C r----- oos:36864
volume 1 cs:WFConnection ro:Secondary/Unknown ds:Consistent/DUnknown C r----- oos:0
address 127.0.0.1/8
address 192.168.1.160/24
mount /var/lib/ldap
active slapd.service
busy
`;

test('what a node tells is read', () => {
  expect(parseFacts('ox1', TOLD)).toEqual({
    node: 'ox1',
    boot: '0b6f-1',
    heartbeat: true,
    claims: 'all',
    members: { ox1: 'active', ox2: 'dead' },
    volumes: {
      0: {
        connection: 'Connected',
        role: 'Primary',
        peerRole: 'Secondary',
        disk: 'UpToDate',
        peerDisk: 'Outdated',
        outOfSync: 36864,
      },
      1: {
        connection: 'WFConnection',
        role: 'Secondary',
        peerRole: 'Unknown',
        disk: 'Consistent',
        peerDisk: 'DUnknown',
        outOfSync: 0,
      },
    },
    addresses: ['127.0.0.1', '192.168.1.160'],
    mounted: ['/var/lib/ldap'],
    active: ['slapd.service'],
    busy: true,
  });
});

test('a node without anything tells so', () => {
  const facts = parseFacts('ox1', 'boot 1\nheartbeat \nclaims \nmember ox1 \n');
  expect(facts).toMatchObject({ heartbeat: false, claims: '', members: { ox1: '' }, volumes: {}, busy: false });
});

test('nodes are asked for all nodes and units', () => {
  const command = factsCommand(groupwarePair());
  expect(command).toMatch(/cl_status nodestatus ox1 .*cl_status nodestatus ox2 /);
  expect(command).toContain("'slapd.service'");
});
