import type { OwnEngine } from './engine';

/** A machine on the line between daemons, and the networks of its containers. */
interface End {
  readonly engine: OwnEngine;
  readonly cidr: string;
}

const DEVICE = 'between';

/** Addresses of the machines on the line. */
export const LINE = '198.18.0.0/30';

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
      ['iptables', '-I', 'DOCKER-USER', '-i', DEVICE, '-d', own.cidr, '-j', 'ACCEPT'],
      ['iptables', '-I', 'DOCKER-USER', '-o', DEVICE, '-s', own.cidr, '-j', 'ACCEPT'],
      ['iptables', '-t', 'nat', '-I', 'POSTROUTING', '-o', DEVICE, '-s', own.cidr, '-j', 'ACCEPT'],
    ])
      await own.engine.run(args);
  }
}

/** Lets what goes to the network of another daemon and comes from there vanish, as on a line that has no power; or ends that. */
export async function silence(engine: OwnEngine, cidr: string, silent: boolean): Promise<void> {
  for (const [chain, end] of [
    ['OUTPUT', '-d'],
    ['INPUT', '-s'],
    ['DOCKER-USER', '-d'],
    ['DOCKER-USER', '-s'],
  ] as const)
    await engine.run(['iptables', silent ? '-I' : '-D', chain, end, cidr, '-j', 'DROP']);
}
