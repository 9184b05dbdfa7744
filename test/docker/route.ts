import type { OwnEngine } from './engine';

/** A machine on the line between daemons, and the networks of its containers. */
interface End {
  readonly engine: OwnEngine;
  readonly cidr: string;
}

const DEVICE = 'between';

/** A line between two daemons, with routes to the networks of their containers and the rules that let these through. */
export async function connect(left: End, right: End): Promise<void> {
  const device = ['link', 'add', DEVICE, 'type', 'veth', 'peer', 'name', DEVICE, 'netns', String(right.engine.pid)];
  await left.engine.run(['ip', ...device]);
  const ends = [
    { own: left, other: right, address: '198.18.0.1', peer: '198.18.0.2' },
    { own: right, other: left, address: '198.18.0.2', peer: '198.18.0.1' },
  ];
  for (const { own, other, address, peer } of ends) {
    for (const args of [
      ['ip', 'address', 'add', `${address}/30`, 'dev', DEVICE],
      ['ip', 'link', 'set', DEVICE, 'up'],
      ['ip', 'route', 'add', other.cidr, 'via', peer],
      // Docker lets nothing in to its bridges that it does not know, and hides who asks.
      ['iptables', '-I', 'DOCKER-USER', '-s', other.cidr, '-d', own.cidr, '-j', 'ACCEPT'],
      ['iptables', '-I', 'DOCKER-USER', '-s', own.cidr, '-d', other.cidr, '-j', 'ACCEPT'],
      ['iptables', '-t', 'nat', '-I', 'POSTROUTING', '-s', own.cidr, '-d', other.cidr, '-j', 'ACCEPT'],
    ])
      await own.engine.run(args);
  }
}
