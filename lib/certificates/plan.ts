import { isIP } from 'node:net';
import { balancedMembers } from '../topology/balanced-members';
import type { LoadBalancerFacts } from '../topology/load-balancer';
import { lookup } from '../topology/lookup';
import { by, sortedUnique } from '../topology/order';
import type { CertificateFacts, DirectoryServerFacts } from '../topology/replication';
import { membersOf } from '../topology/replication-graph';
import type { Topology } from '../topology/topology';
import type { ConstructPath, EntityId } from '../topology/units';
import { CertificateError } from './certificate-error';

/** The certificate that a directory server needs. */
export interface CertificatePlan {
  /** Construct of the server. */
  readonly path: ConstructPath;
  /** Name of the server, and of the folder that its certificate is in. */
  readonly server: string;
  /** Identity of the server (F12): SASL EXTERNAL shows the subject and nothing else. */
  readonly subject: string;
  /** Its host name, that without the domain, and the names in zones that stand for it and others in turn. */
  readonly dnsNames: readonly string[];
  /** Addresses of its host, sorted. */
  readonly addresses: readonly string[];
  /** Identities of the failover groups it is a member of (F21), sorted. */
  readonly directoryNames: readonly string[];
}

/** A server whose user brings the certificate. */
export interface OwnCertificate {
  readonly server: string;
  readonly names: CertificateFacts;
}

/** Which certificates a deployment needs. */
export interface CertificatePlans {
  readonly deployment: string;
  /** Sorted by server. */
  readonly made: readonly CertificatePlan[];
  /** Sorted by server. */
  readonly own: readonly OwnCertificate[];
}

/** Names that are folders too: what the model allows, but for those of the authority's own files. */
const FOLDER = /^(?!ca\.(?:key|pem)$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/;

/**
 * The certificate of each directory server, of both engines. F21 demands two identities and does not say which one is the
 * subject (E27): here it is the server's, by which members of a group know each other; the group's, by which servers
 * outside know whoever is master (F22), is an alternative name.
 * @throws CertificateError `certificates/name`
 */
export function planCertificates(topology: Topology): CertificatePlans {
  assertFolder(topology.path, topology.name);
  const servers = [...topology.directoryServers].sort(by(({ name }) => name));
  for (const { path, name } of servers) assertFolder(path, name);
  return {
    deployment: topology.name,
    made: servers.filter(({ certificate }) => !certificate).map((server) => planFor(topology, server)),
    own: servers.flatMap(({ name, certificate }) => (certificate ? [{ server: name, names: certificate }] : [])),
  };
}

function planFor(
  topology: Topology,
  { id, path, name, host, hostname, identity }: DirectoryServerFacts,
): CertificatePlan {
  const groups = topology.failoverGroups.filter((group) => membersOf(group).includes(id));
  const balancers = topology.loadBalancers.filter((one) =>
    one.services.some((service) =>
      balancedMembers(topology, one, service).some(({ directoryServer }) => directoryServer?.id === id),
    ),
  );
  const addresses = [
    ...lookup(topology)
      .host(host)
      .interfaces.map(({ address }) => address),
    ...balancers.map(({ address }) => address.address),
  ];
  // An address may stand in the place of a host name; TLS looks for it among the addresses then.
  const byAddress = isIP(hostname) !== 0;
  return {
    path,
    server: name,
    subject: identity,
    dnsNames: [
      ...new Set([
        ...(byAddress ? [] : [hostname, hostname.replace(/\..*$/, '')]),
        ...sharedNames(topology, host, balancers),
      ]),
    ],
    addresses: sortedUnique(byAddress ? [...addresses, hostname] : addresses),
    directoryNames: sortedUnique(groups.map((group) => group.identity)),
  };
}

/** Names by which clients find a server among others, also behind a load balancer: they check them in its certificate. */
function sharedNames(
  { dnsZones }: Topology,
  host: EntityId,
  balancers: readonly LoadBalancerFacts[],
): readonly string[] {
  return dnsZones.flatMap(({ origin, names }) =>
    names
      .filter((one) => one.hosts.includes(host) || balancers.some(({ id }) => one.balancers.includes(id)))
      .map(({ name }) => `${name}.${origin}`),
  );
}

function assertFolder(path: ConstructPath, name: string): void {
  if (!FOLDER.test(name))
    throw new CertificateError(path, 'certificates/name', 'the name can not be that of a folder', name, 'rename it');
}
