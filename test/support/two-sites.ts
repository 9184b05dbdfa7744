import { Consumer, Deployment, Directory, DirectoryServer, FailoverGroup, Host, Network, Site } from '../../lib/index';

/** Hosts of a deployment at two sites, in the order in which they were made: north first. */
export interface TwoSites {
  readonly deployment: Deployment;
  readonly sites: readonly [north: Site, south: Site];
  readonly hosts: readonly Host[];
}

/** How large it is, and where its networks are. */
export interface TwoSitesProps {
  /** Members at each site. @default 1 */
  readonly members?: number;
  /** A consumer in the south that shadows the group. @default false */
  readonly shadow?: boolean;
}

/** A failover group with members at two sites, each on a network of its own; the first one in the north is master. */
export function directoryOnTwoSites({ members = 1, shadow = false }: TwoSitesProps = {}): TwoSites {
  const deployment = new Deployment(undefined, 'far', { timeServers: ['192.0.2.1'] });
  const sites = [new Site(deployment, 'north'), new Site(deployment, 'south')] as const;
  const hosts = sites.flatMap((site, index) => {
    const lan = new Network(site, 'lan', { cidr: `10.0.${index}.0/24` });
    const number = members + (shadow && index === 1 ? 1 : 0);
    return Array.from({ length: number }, (_, one) => {
      const eth0 = lan.address(`10.0.${index}.${11 + one}`);
      return new Host(site, `h${index * members + one + 1}`, { interfaces: { eth0 } });
    });
  });
  const servers = hosts.map((host, index) => new DirectoryServer(deployment, `s${index + 1}`, { host }));
  const [master, ...mirrors] = servers.slice(0, 2 * members) as [DirectoryServer, ...DirectoryServer[]];
  const people = new Directory(deployment, 'people', {
    suffix: 'dc=example,dc=com',
    writeFailover: true,
    schemaOwner: master,
  });
  const masters = new FailoverGroup(people, 'masters', { master, mirrors });
  if (shadow) new Consumer(people, 'shadow', { server: servers.at(-1) as DirectoryServer, from: masters });
  return { deployment, sites, hosts };
}
