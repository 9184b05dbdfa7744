import {
  Deployment,
  Host,
  MailPair,
  MailServer,
  Network,
  SharedVolume,
  Site,
  type SharedVolumeProps,
} from '../../lib/index';

/** Two mail servers with tables, whose queues are on volumes of a Docker engine where nothing else is said. */
export function mailInContainers(volume: Partial<Pick<SharedVolumeProps, 'kind' | 'source'>> = {}): {
  readonly deployment: Deployment;
  readonly site: Site;
  readonly lan: Network;
  readonly hosts: readonly [Host, Host];
} {
  const deployment = new Deployment(undefined, 'post', { timeServers: ['192.0.2.1'] });
  const site = new Site(deployment, 'hq');
  const lan = new Network(site, 'lan', { cidr: '192.0.2.0/24' });
  const host = (name: string, last: number): Host =>
    new Host(site, name, { interfaces: { eth0: lan.address(`192.0.2.${last}`) } });
  const hosts = [host('mail1', 11), host('mail2', 12)] as const;
  const server = (name: string, on: Host): MailServer =>
    new MailServer(deployment, name, {
      host: on,
      queue: new SharedVolume(deployment, `queue-${name}`, {
        kind: 'docker',
        source: `post-${name}`,
        hosts,
        ...volume,
      }).mountedAt(`/var/spool/postfix-${name}`),
    });
  new MailPair(deployment, 'mx', {
    servers: [server('mx1', hosts[0]), server('mx2', hosts[1])],
    domains: ['example.com'],
    links: [lan],
    fenceFirst: false,
  });
  return { deployment, site, lan, hosts };
}
