import { Deployment, Directory, DirectoryServer, FailoverGroup, Host, Network, Site } from '../../lib/index';

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
  /** The first numbers of the addresses of both. @default '10.0' */
  readonly addresses?: string;
}

/** A failover group with members at two sites, each on a network of its own; the first one in the north is master. */
export function directoryOnTwoSites({ members = 1, addresses = '10.0' }: TwoSitesProps = {}): TwoSites {
  const deployment = new Deployment(undefined, 'far', { timeServers: ['192.0.2.1'] });
  const sites = [new Site(deployment, 'north'), new Site(deployment, 'south')] as const;
  const hosts = sites.flatMap((site, index) => {
    const lan = new Network(site, 'lan', { cidr: `${addresses}.${index}.0/24` });
    return Array.from({ length: members }, (_, number) => {
      const eth0 = lan.address(`${addresses}.${index}.${11 + number}`);
      return new Host(site, `h${index * members + number + 1}`, { interfaces: { eth0 } });
    });
  });
  const servers = hosts.map((host, index) => new DirectoryServer(deployment, `s${index + 1}`, { host }));
  const [master, ...mirrors] = servers as [DirectoryServer, ...DirectoryServer[]];
  const people = new Directory(deployment, 'people', {
    suffix: 'dc=example,dc=com',
    writeFailover: true,
    schemaOwner: master,
  });
  new FailoverGroup(people, 'masters', { master, mirrors });
  return { deployment, sites, hosts };
}
