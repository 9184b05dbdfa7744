import { DrbdResource, Duration, HeartbeatCluster, OpenLdap } from '../../lib/index';
import { buildGroupwarePair } from '../support/pair';

// Compiled by `tsc --noEmit`: each line below that is expected to fail must fail there.
test('wrong types do not compile, and what slips through at run time is refused', () => {
  const { deployment, link, ox1, ox2, lan } = buildGroupwarePair();
  const hosts = [ox1, ox2] as const;
  const base = { hosts, network: link, disk: '/dev/sdc1', port: 7900 };
  const attempts = [
    // @ts-expect-error a protocol is A, B or C
    () => new DrbdResource(deployment, 'a', { ...base, protocol: 'D' }),
    // @ts-expect-error a time is a Duration, not a text
    () => new DrbdResource(deployment, 'b', { ...base, timeout: '6s' }),
    // @ts-expect-error a time is a Duration, not a number
    () => new DrbdResource(deployment, 'c', { ...base, timeout: 6 }),
    // @ts-expect-error two hosts, not one
    () => new DrbdResource(deployment, 'd', { ...base, hosts: [ox1] }),
    // @ts-expect-error a network is a Network, not its name
    () => new DrbdResource(deployment, 'e', { ...base, network: 'link' }),
    // @ts-expect-error a cluster has links
    () => new HeartbeatCluster(deployment, 'f', { hosts }),
    // @ts-expect-error a directory has a suffix
    () => new OpenLdap(deployment, 'g', {}),
    // @ts-expect-error an address belongs to a network
    () => lan.virtualAddress(Duration.seconds(1)),
  ];
  expect(attempts).toHaveLength(8);
  expect(attempts[0]).toThrow(
    /^\[groupware\/a\] value\/choice: protocol: the word is not one of those there are \("D"\)/,
  );
  expect(attempts[1]).toThrow('[groupware/b] value/type: timeout: a Duration is needed ("6s"); give a Duration');
  expect(attempts[2]).toThrow('[groupware/c] value/type: timeout: a Duration is needed (6); give a Duration');
  expect(attempts[3]).toThrow(/drbd\/hosts/);
  expect(attempts[6]).toThrow(/value\/text/);
});
