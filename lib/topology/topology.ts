import type { BackupFacts } from './backup';
import type { FencingDeviceFacts, HeartbeatClusterFacts } from './cluster';
import type { DnsZoneFacts } from './dns';
import type { DrbdResourceFacts, DrbdVersion, SharedVolumeFacts } from './drbd';
import type { LoadBalancerFacts } from './load-balancer';
import type { DisasterRecoverySiteFacts, MailFarmFacts, MailPairFacts, MailServerFacts } from './mail';
import type {
  DirectoryBackupFacts,
  DirectoryFacts,
  DirectoryServerFacts,
  FailoverGroupFacts,
  MultiMasterGroupFacts,
  ReplicaFacts,
  ReplicationAgreementFacts,
  WindowsSyncFacts,
} from './replication';
import type { SecretFacts } from './secret';
import type { ServiceFacts } from './service';
import type { FailureDomainFacts, HostFacts, NetworkFacts, SiteFacts, SiteLinkFacts } from './site';
import type { ConstructPath } from './units';

/** Version of the layout of `topology.json`; it rises when a reader of the old layout would be misled. */
export const TOPOLOGY_FORMAT_VERSION = 1;

/** A warning that the user has seen and accepts, for one construct and all below it. */
export interface AcknowledgementFacts {
  readonly rule: string;
  readonly path: ConstructPath;
  readonly reason: string;
}

/** An option outside the model that a user wrote into a section; reports list them. */
export interface ExtraOptionFacts {
  readonly path: ConstructPath;
  readonly section: string;
  readonly name: string;
  readonly value: string;
}

/**
 * Everything that is known of a deployment after the construct tree was read: plain data, deeply read-only, defaults
 * resolved, references by id, collections sorted by id unless another order is stated. No construct, no Terraform
 * token, no secret.
 */
export interface Topology {
  readonly format: 'tandem-topology';
  readonly formatVersion: typeof TOPOLOGY_FORMAT_VERSION;
  /** Where the facts come from: a stack that declares everything, or files that show only a part. */
  readonly origin: 'model' | 'files';
  /** Name of the deployment and of its output folder. */
  readonly name: string;
  readonly path: ConstructPath;
  readonly drbdVersion: DrbdVersion;
  readonly sites: readonly SiteFacts[];
  readonly failureDomains: readonly FailureDomainFacts[];
  readonly networks: readonly NetworkFacts[];
  readonly hosts: readonly HostFacts[];
  readonly drbdResources: readonly DrbdResourceFacts[];
  readonly sharedVolumes: readonly SharedVolumeFacts[];
  readonly fencingDevices: readonly FencingDeviceFacts[];
  readonly clusters: readonly HeartbeatClusterFacts[];
  readonly services: readonly ServiceFacts[];
  readonly backups: readonly BackupFacts[];
  /** @default [] */
  readonly siteLinks: readonly SiteLinkFacts[];
  /** @default [] */
  readonly directories: readonly DirectoryFacts[];
  /** @default [] */
  readonly directoryServers: readonly DirectoryServerFacts[];
  /** @default [] */
  readonly replicas: readonly ReplicaFacts[];
  /** @default [] */
  readonly failoverGroups: readonly FailoverGroupFacts[];
  /** @default [] */
  readonly multiMasterGroups: readonly MultiMasterGroupFacts[];
  /** @default [] */
  readonly replicationAgreements: readonly ReplicationAgreementFacts[];
  /** @default [] */
  readonly directoryBackups: readonly DirectoryBackupFacts[];
  /** @default [] */
  readonly windowsSyncs: readonly WindowsSyncFacts[];
  /** @default [] */
  readonly dnsZones: readonly DnsZoneFacts[];
  readonly mailServers: readonly MailServerFacts[];
  /** @default [] */
  readonly mailPairs: readonly MailPairFacts[];
  /** @default [] */
  readonly mailFarms: readonly MailFarmFacts[];
  /** @default [] */
  readonly loadBalancers: readonly LoadBalancerFacts[];
  /** @default [] */
  readonly disasterRecoverySites: readonly DisasterRecoverySiteFacts[];
  /** Sorted by name. */
  readonly secrets: readonly SecretFacts[];
  /** Sorted by path, then rule. */
  readonly acknowledgements: readonly AcknowledgementFacts[];
  /** Sorted by path, then section, then name. */
  readonly extraOptions: readonly ExtraOptionFacts[];
}

/** The facts of replicated directories, and of names for them, where there are none. */
export const NO_DIRECTORIES = {
  siteLinks: [],
  directories: [],
  directoryServers: [],
  replicas: [],
  failoverGroups: [],
  multiMasterGroups: [],
  replicationAgreements: [],
  directoryBackups: [],
  windowsSyncs: [],
  dnsZones: [],
} as const satisfies Partial<Topology>;

/** The facts of mail pairs, load balancers and disaster-recovery sites where there are none. */
export const NO_MAIL = {
  mailServers: [],
  mailPairs: [],
  mailFarms: [],
  loadBalancers: [],
  disasterRecoverySites: [],
} as const satisfies Partial<Topology>;
