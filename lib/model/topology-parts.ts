import type { IConstruct } from 'constructs';
import type { BackupFacts } from '../topology/backup';
import type { FencingDeviceFacts, HeartbeatClusterFacts } from '../topology/cluster';
import type { DnsZoneFacts } from '../topology/dns';
import type { DrbdResourceFacts, DrbdVersion, SharedVolumeFacts } from '../topology/drbd';
import type { LoadBalancerFacts } from '../topology/load-balancer';
import type { DisasterRecoverySiteFacts, MailFarmFacts, MailPairFacts, MailServerFacts } from '../topology/mail';
import type {
  DirectoryBackupFacts,
  DirectoryFacts,
  DirectoryServerFacts,
  FailoverGroupFacts,
  MultiMasterGroupFacts,
  ReplicaFacts,
  ReplicationAgreementFacts,
  WindowsSyncFacts,
} from '../topology/replication';
import type { SecretFacts } from '../topology/secret';
import type { ServiceFacts } from '../topology/service';
import type { FailureDomainFacts, HostFacts, NetworkFacts, SiteFacts, SiteLinkFacts } from '../topology/site';
import { TOPOLOGY_FORMAT_VERSION } from '../topology/topology';
import type { AcknowledgementFacts, ExtraOptionFacts, Topology } from '../topology/topology';
import type { ConstructPath, EntityId, ExtraOptions } from '../topology/units';
import { withResyncOrder } from './resync-order';
import { by } from '../topology/order';
import { SecretRef } from './values/secret-ref';

/** A construct that has something to say in a topology. */
export interface TopologyContributor {
  contribute(parts: TopologyParts): void;
}

/** Whether a construct contributes to a topology. */
export function isContributor(construct: IConstruct): construct is IConstruct & TopologyContributor {
  return typeof (construct as Partial<TopologyContributor>).contribute === 'function';
}

/** Where constructs put their facts while a deployment is read. */
export class TopologyParts {
  readonly sites: SiteFacts[] = [];
  readonly failureDomains: FailureDomainFacts[] = [];
  readonly networks: NetworkFacts[] = [];
  readonly hosts: HostFacts[] = [];
  readonly drbdResources: DrbdResourceFacts[] = [];
  readonly sharedVolumes: SharedVolumeFacts[] = [];
  readonly fencingDevices: FencingDeviceFacts[] = [];
  readonly clusters: HeartbeatClusterFacts[] = [];
  readonly services: ServiceFacts[] = [];
  readonly backups: BackupFacts[] = [];
  readonly siteLinks: SiteLinkFacts[] = [];
  readonly directories: DirectoryFacts[] = [];
  readonly directoryServers: DirectoryServerFacts[] = [];
  readonly replicas: ReplicaFacts[] = [];
  readonly failoverGroups: FailoverGroupFacts[] = [];
  readonly multiMasterGroups: MultiMasterGroupFacts[] = [];
  readonly replicationAgreements: ReplicationAgreementFacts[] = [];
  readonly directoryBackups: DirectoryBackupFacts[] = [];
  readonly windowsSyncs: WindowsSyncFacts[] = [];
  readonly dnsZones: DnsZoneFacts[] = [];
  readonly mailServers: MailServerFacts[] = [];
  readonly mailPairs: MailPairFacts[] = [];
  readonly mailFarms: MailFarmFacts[] = [];
  readonly loadBalancers: LoadBalancerFacts[] = [];
  readonly disasterRecoverySites: DisasterRecoverySiteFacts[] = [];
  private serverIds = 0;
  private virtualRouterIds = 50;
  private readonly replicaIds = new Map<EntityId, number>();
  private readonly secrets = new Map<string, { purpose: string; usedBy: Set<ConstructPath> }>();
  private readonly extraOptions: ExtraOptionFacts[] = [];

  /** Notes that a construct needs a secret, and gives its name. */
  secret(reference: SecretRef, purpose: string, usedBy: ConstructPath): string {
    const known = this.secrets.get(reference.name);
    if (known) known.usedBy.add(usedBy);
    else this.secrets.set(reference.name, { purpose, usedBy: new Set([usedBy]) });
    return reference.name;
  }

  /** The next server id of OpenLDAP, from 1 on. */
  nextServerId(): number {
    this.serverIds += 1;
    return this.serverIds;
  }

  /** The next `virtual_router_id` of keepalived, from 51, that of its manual's example, on. */
  nextVirtualRouterId(): number {
    this.virtualRouterIds += 1;
    return this.virtualRouterIds;
  }

  /** The next replica id of 389 Directory Server in a directory, from 1 on. */
  nextReplicaId(directory: EntityId): number {
    const next = (this.replicaIds.get(directory) ?? 0) + 1;
    this.replicaIds.set(directory, next);
    return next;
  }

  /** Notes options outside the model, for reports, and gives them sorted. */
  options(path: ConstructPath, section: string, options: ExtraOptions = {}): ExtraOptions {
    const sorted = Object.entries(options).sort(by(([name]) => name));
    for (const [name, value] of sorted) this.extraOptions.push({ path, section, name, value });
    return Object.fromEntries(sorted);
  }

  /** Passwords of replicas, of directories that have agreements with one. */
  private replicationSecrets(): void {
    for (const { id, path, replicationSecret } of this.directories)
      if (this.replicationAgreements.some((one) => one.directory === id && one.authentication === 'simple'))
        this.secret(SecretRef.named(replicationSecret), 'password of replicas towards each other', path);
  }

  /** The topology of all parts. */
  assemble(
    name: string,
    path: ConstructPath,
    drbdVersion: DrbdVersion,
    acknowledgements: readonly AcknowledgementFacts[],
  ): Topology {
    this.replicationSecrets();
    const secrets = [...this.secrets].map(([secret, { purpose, usedBy }]): SecretFacts => ({
      name: secret,
      purpose,
      usedBy: [...usedBy].sort(),
    }));
    return withoutAbsent({
      format: 'tandem-topology',
      formatVersion: TOPOLOGY_FORMAT_VERSION,
      origin: 'model',
      name,
      path,
      drbdVersion,
      sites: byId(this.sites),
      failureDomains: byId(this.failureDomains),
      networks: byId(this.networks),
      hosts: byId(this.hosts),
      drbdResources: withResyncOrder(byId(this.drbdResources)),
      sharedVolumes: byId(this.sharedVolumes),
      fencingDevices: byId(this.fencingDevices),
      clusters: byId(this.clusters),
      services: byId(this.services),
      backups: byId(this.backups),
      siteLinks: byId(this.siteLinks),
      directories: byId(this.directories),
      directoryServers: byId(this.directoryServers),
      replicas: byId(this.replicas),
      failoverGroups: byId(this.failoverGroups),
      multiMasterGroups: byId(this.multiMasterGroups),
      replicationAgreements: byId(this.replicationAgreements),
      directoryBackups: byId(this.directoryBackups),
      windowsSyncs: byId(this.windowsSyncs),
      dnsZones: byId(this.dnsZones),
      mailServers: byId(this.mailServers),
      mailPairs: byId(this.mailPairs),
      mailFarms: byId(this.mailFarms),
      loadBalancers: byId(this.loadBalancers),
      disasterRecoverySites: byId(this.disasterRecoverySites),
      secrets: secrets.sort(by((secret) => secret.name)),
      acknowledgements: [...acknowledgements].sort(by((entry) => `${entry.path} ${entry.rule}`)),
      extraOptions: this.extraOptions.sort(by((option) => `${option.path} ${option.section} ${option.name}`)),
    });
  }
}

function byId<T extends { readonly id: string }>(entities: readonly T[]): readonly T[] {
  return [...entities].sort(by((entity) => entity.id));
}

// A property that is undefined and one that is absent are the same fact; only the absent one survives topology.json.
function withoutAbsent<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(withoutAbsent)) as T;
  const present: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const entry = (value as Record<string, unknown>)[key];
    if (entry !== undefined) present[key] = withoutAbsent(entry);
  }
  return Object.freeze(present) as T;
}
