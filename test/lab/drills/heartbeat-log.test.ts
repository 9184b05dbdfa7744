import { heartbeatEvents } from './heartbeat-log';

const FAULT = Date.UTC(2026, 10, 22, 19, 39, 26);
const LOG = `Nov 22 19:37:27 ox1 heartbeat: [3369]: WARN: node ox2: is dead
Nov 22 19:39:36 ox1 heartbeat: [3369]: WARN: node ox2: is dead
Nov 22 19:39:36 ox1 heartbeat: [3369]: info: Link ox2:eth0 dead.
Nov 22 19:39:36 ox1 heartbeat: [8158]: info: Resetting node ox2 with [IPMI STONITH device
Nov 22 19:39:38 ox1 heartbeat: [8158]: info: node ox2 now reset.
2026/11/22_19:39:43  ResourceManager(default)[8287]:    info: Running /etc/ha.d/resource.d/drbddisk ldap start
2026/11/22_19:39:50  ResourceManager(default)[8287]:    info: Running /etc/init.d/slapd  start
2026/11/22_19:39:56  Filesystem(Filesystem_/dev/drbd4)[9574]:    INFO: Running start for /dev/drbd4 on /var/spool/mta
`;

test('heartbeat tells when it saw, fenced and started what', () => {
  expect(heartbeatEvents(LOG, FAULT)).toEqual([
    { at: 10_000, text: 'ox2 is declared dead' },
    { at: 10_000, text: 'reset of ox2 begins' },
    { at: 12_000, text: 'reset of ox2 is confirmed' },
    { at: 17_000, text: 'start drbddisk ldap' },
    { at: 24_000, text: 'start slapd' },
  ]);
});
