import {
  Deployment,
  Host,
  MailConfiguration,
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
  const d = new Deployment(undefined, 'mail');
  const site = new Site(d, 'hq');
  const lan = new Network(site, 'lan', { cidr: '192.0.2.0/24' });
  const hosts = [1, 2].map(
    (n) => new Host(site, `mail${n}`, { interfaces: { eth0: lan.address(`192.0.2.1${n}`) } }),
  ) as unknown as readonly [Host, Host];
  const [one, two] = hosts.map((host, index) => {
    const name = `mx${index + 1}`;
    const source = kind === 'docker' ? name : `192.0.2.9:/${name}`;
    const volume = new SharedVolume(d, `queue-${name}`, { kind, source, hosts });
    return new MailServer(d, name, {
      host,
      hostname: `${name}.example.com`,
      queue: volume.mountedAt(`/var/spool/postfix-${name}`),
    });
  }) as unknown as readonly [MailServer, MailServer];
  new MailPair(d, 'mx', {
    servers: [one, two],
    domains: ['example.com'],
    configuration: MailConfiguration.table(tables),
    relayHost: '[192.0.2.1]:2525',
    links: [lan],
    fenceFirst: false,
    ...props,
  });
  return d.topology();
}
