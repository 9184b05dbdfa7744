import {
  Deployment,
  Directory,
  DirectoryServer,
  FailoverGroup,
  Host,
  MailConfiguration,
  type MailLookup,
  MailPair,
  type MailPairProps,
  MailServer,
  type MailTables,
  Network,
  SharedVolume,
  Site,
} from '../../lib/index';
import type { Topology } from '../../lib/topology/topology';

/**
 * The smallest pair: servers mx1 and mx2 on hosts mail1 (192.0.2.11) and mail2 (192.0.2.12), with queues on volumes of Docker,
 * that hands all mail to `[192.0.2.1]:2525`.
 */
export function mailPair(
  tables: MailTables = {},
  props: Partial<MailPairProps> = {},
  kind: 'docker' | 'nfs' = 'docker',
): Topology {
  const { d, lan, servers } = parts(kind);
  new MailPair(d, 'mx', { ...common(servers, lan), configuration: MailConfiguration.table(tables), ...props });
  return d.topology();
}

/** The same pair, which asks a directory with a master on the first host and a mirror on the other one. */
export function mailPairWithDirectory(lookup: MailLookup): Topology {
  const { d, lan, hosts, servers } = parts('docker');
  const [master, mirror] = hosts.map((host, n) => new DirectoryServer(d, `ldap${n + 1}`, { host }));
  if (!master || !mirror) throw new Error('a pair has two hosts');
  const people = new Directory(d, 'people', { suffix: 'dc=example,dc=com', schemaOwner: master });
  new FailoverGroup(people, 'masters', { master, mirrors: [mirror] });
  new MailPair(d, 'mx', { ...common(servers, lan), configuration: MailConfiguration.directory(people, lookup) });
  return d.topology();
}

const common = (servers: readonly [MailServer, MailServer], lan: Network): MailPairProps => ({
  servers,
  domains: ['example.com'],
  relayHost: '[192.0.2.1]:2525',
  links: [lan],
  fenceFirst: false,
});

function parts(kind: 'docker' | 'nfs') {
  const d = new Deployment(undefined, 'mail');
  const site = new Site(d, 'hq');
  const lan = new Network(site, 'lan', { cidr: '192.0.2.0/24' });
  const hosts = [1, 2].map(
    (n) => new Host(site, `mail${n}`, { interfaces: { eth0: lan.address(`192.0.2.1${n}`) } }),
  ) as unknown as readonly [Host, Host];
  const servers = hosts.map((host, index) => {
    const name = `mx${index + 1}`;
    const source = kind === 'docker' ? name : `192.0.2.9:/${name}`;
    const volume = new SharedVolume(d, `queue-${name}`, { kind, source, hosts });
    const queue = volume.mountedAt(`/var/spool/postfix-${name}`);
    return new MailServer(d, name, { host, hostname: `${name}.example.com`, queue });
  }) as unknown as readonly [MailServer, MailServer];
  return { d, lan, hosts, servers };
}
