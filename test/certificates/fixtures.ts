import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Deployment,
  Directory,
  DirectoryServer,
  type DirectoryServerProps,
  FailoverGroup,
  Host,
  Network,
  Site,
  ds389,
} from '../../lib/index';
import type { Topology } from '../../lib/topology/topology';

/** What differs from the usual two servers. */
export interface TwoServers {
  readonly one?: Partial<DirectoryServerProps>;
  readonly two?: Partial<DirectoryServerProps>;
  readonly groupIdentity?: string;
}

/** Servers `one` (master) and `two` (mirror) in one group on hosts of their own, and `three` in none. */
export function twoServers({ one, two, groupIdentity = 'cn=people,ou=groups,o=Example' }: TwoServers = {}): Topology {
  const d = new Deployment(undefined, 'people', { timeServers: ['192.0.2.1'] });
  const site = new Site(d, 'hq');
  const lan = new Network(site, 'lan', { cidr: '192.0.2.0/24' });
  const six = new Network(site, 'six', { cidr: '2001:db8::/64' });
  const server = (name: string, n: number, props: Partial<DirectoryServerProps> = {}): DirectoryServer =>
    new DirectoryServer(d, name, {
      host: new Host(site, `${name}-host`, {
        interfaces: { eth0: lan.address(`192.0.2.1${n}`), eth1: six.address(`2001:db8::${n}`) },
      }),
      identity: `cn=${name},ou=servers,o=Example`,
      hostname: `${name}.example.com`,
      ...props,
    });
  const people = new Directory(d, 'people', { suffix: 'dc=example,dc=com' });
  new FailoverGroup(people, 'group', {
    master: server('one', 1, one),
    mirrors: [server('two', 2, two)],
    groupIdentity,
  });
  server('three', 3, { engine: ds389() });
  return d.topology();
}

const root = mkdtempSync(join(tmpdir(), 'tandem-certificates-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** An empty directory that is gone when the test file ends. */
export const temporaryDirectory = (): string => mkdtempSync(join(root, 'project-'));
