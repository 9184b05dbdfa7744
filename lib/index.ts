export { LdifBackup, SqlBackup, type BackupProps } from './model/backup';
export { Cascade, type CascadeProps } from './model/cascade';
export { BalancedService, type BalancedServiceProps } from './model/balanced-service';
export { CyrusImap, type CyrusImapProps } from './model/cyrus-imap';
export { Deployment, type DeploymentProps } from './model/deployment';
export { Directory, type DirectoryLoad, type DirectoryProps, type ReadLoad } from './model/directory';
export { DirectoryBackup, type DirectoryBackupProps } from './model/directory-backup';
export {
  DirectoryServer,
  ds389,
  openldap,
  type CertificateProps,
  type DatabaseLinkProps,
  type DirectoryServerProps,
  type Engine,
} from './model/directory-server';
export { DnsZone, type DnsZoneProps } from './model/dns-zone';
export {
  DisasterRecoverySite,
  type DisasterRecoverySiteProps,
  type FailoverDecisions,
} from './model/disaster-recovery-site';
export { DrbdResource } from './model/drbd-resource';
export {
  type BackingDisk,
  type DrbdDisconnectPolicy,
  type DrbdIoErrorPolicy,
  type DrbdResourceProps,
  type DrbdVolumeProps,
} from './model/drbd-resource-props';
export { Hypervisor, PowerFeed, Rack, Switch } from './model/failure-domain';
export { FailoverGroup, type FailoverGroupProps } from './model/failover-group';
export { FencingDevice, type FencingDeviceProps } from './model/fencing-device';
export { type MonitoringProps, type TimingProps } from './model/cluster-facts';
export { HeartbeatCluster, type HeartbeatClusterProps } from './model/heartbeat-cluster';
export { Host, type HostProps } from './model/host';
export { bcast, mcast, serial, ucast, type Link, type NetworkLink, type SerialLink } from './model/link';
export {
  LoadBalancer,
  type ExternalBalancerProps,
  type LoadBalancerProps,
  type SoftwareBalancerProps,
} from './model/load-balancer';
export { MailFarm, type MailFarmProps } from './model/mail-farm';
export { MailPair, type MailPairProps } from './model/mail-pair';
export { MailServer, type MailServerProps } from './model/mail-server';
export { type MailWorkload } from './model/mail-workload';
export { Activation, Mount, type MountOptions } from './model/member';
export { ModelError } from './model/model-error';
export { MultiMasterGroup, type MultiMasterGroupProps } from './model/multi-master-group';
export { Network, type NetworkAddress, type NetworkProps, type VirtualAddress } from './model/network';
export { OpenLdap, type LdapIndex, type OpenLdapProps } from './model/open-ldap';
export { Postfix, type PostfixProps } from './model/postfix';
export { PostgreSql, type PostgreSqlProps } from './model/postgre-sql';
export { ReplicationAgreement, type ReplicationAgreementProps } from './model/replication-agreement';
export { type Knowledge, type ReplicationArea, type ReplicationOptions } from './model/replication-options';
export { ResourceGroup, type GroupMember, type ResourceGroupProps } from './model/resource-group';
export { SaslAuthd, type SaslAuthdProps } from './model/sasl-auth-d';
export { Service, type GenericServiceProps, type ServiceProps } from './model/service';
export { Consumer, Hub, type ShadowProps } from './model/shadow';
export { SharedVolume, type SharedVolumeProps } from './model/shared-volume';
export { Site } from './model/site';
export { SiteLink, type SiteLinkProps } from './model/site-link';
export { DataRate } from './model/values/data-rate';
export { DataSize } from './model/values/data-size';
export { Duration } from './model/values/duration';
export { type HealthCheckProps } from './model/values/health-check';
export { MailConfiguration, type MailLookup, type MailTables } from './model/values/mail-configuration';
export { WindowsSync, type WindowsSyncProps } from './model/windows-sync';
export { UpdateMode, type UpdateWindow, type Weekday } from './model/values/update-mode';
export { SecretRef } from './model/values/secret-ref';
