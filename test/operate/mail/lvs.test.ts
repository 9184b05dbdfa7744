import { virtualServers } from '../../../lib/operate/balancer/virtual-servers';
import { alertRulesText } from '../../../lib/operate/status/alert-rules';
import { prometheusText } from '../../../lib/operate/status/prometheus';
import { uncoloured } from '../../../lib/operate/status/table';
import { reportText } from '../../../lib/operate/status/text';
import { balancedBy } from '../../support/balancers';
import { ids, judged, virtualServersText, type HostProps } from './looks';

const topology = balancedBy('lvs-keepalived');

const lvs = (different: Parameters<typeof virtualServersText>[2]): HostProps => ({
  lvs: virtualServersText(topology, 'front-hq', different),
});

/** As a node with two mail servers behind it printed it. */
const RECORDED = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port Forward Weight ActiveConn InActConn
TCP  C0A80128:0019 rr\x20\x20
  -> C0A8010C:0019      Route   1      3          35\x20\x20\x20\x20\x20\x20\x20\x20
  -> C0A8010B:0019      Route   0      0          12\x20\x20\x20\x20\x20\x20\x20\x20
TCP  [2001:0db8:0000:0000:0000:0000:0000:0064]:0185 rr
`;

test('what the kernel says of LVS is read', () => {
  expect(virtualServers(RECORDED)).toEqual([
    {
      address: '192.168.1.40',
      port: 25,
      servers: [
        { address: '192.168.1.12', port: 25, weight: 1, connections: 3 },
        { address: '192.168.1.11', port: 25, weight: 0, connections: 0 },
      ],
    },
    { address: '2001:db8::64', port: 389, servers: [] },
  ]);
  expect(virtualServers('')).toBeUndefined();
});

test('servers behind LVS are shown with their connections', () => {
  const report = judged({}, topology);
  expect(ids(report)).toEqual([]);
  expect(reportText(report, uncoloured)).toMatch(/^ {2}front-hq-25 mx-hq-mail1 +UP, 2 sessions +UP, 2 sessions$/m);
});

test.each<[string, HostProps, readonly string[]]>([
  ['is gone', lvs({ 'mx-hq-mail1': 'gone' }), ['degraded balancer/server-down hq-lb1']],
  ['has no weight', lvs({ 'mx-hq-mail1': 'no weight' }), ['degraded balancer/server-down hq-lb1']],
  [
    'and the other one are gone',
    lvs({ 'mx-hq-mail1': 'gone', 'mx-hq-mail2': 'gone' }),
    ['failed balancer/no-server hq-lb1'],
  ],
])('a server that %s', (_what, props, expected) => {
  const report = judged({ 'hq-lb1': props }, topology);
  expect(ids(report)).toEqual(expected);
});

test('without its module the kernel balances nothing', () => {
  expect(ids(judged({ 'hq-lb1': { lvs: '' } }, topology))).toContain('failed balancer/no-server hq-lb1');
});

test('an alert calls when LVS has no server left', () => {
  expect(alertRulesText(topology)).toContain('alert: "TandemBalancerNoServer"');
  const gone = judged({ 'hq-lb1': lvs({ 'mx-hq-mail1': 'gone' }) }, topology);
  const written = prometheusText(topology, gone)
    .split('\n')
    .filter((line) => /^tandem_balancer_server_up\{.*node="hq-lb1",.*proxy="front-hq-25"/.test(line));
  expect(written.map((line) => /server="(.*)"\} (.*)$/.exec(line)?.slice(1))).toEqual([
    ['mx-hq-mail1', '0'],
    ['mx-hq-mail2', '1'],
  ]);
});
