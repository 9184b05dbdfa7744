import { mailRules } from './mail-rules';
import type { Rule } from './rule';
import { backupDirectory } from './rules/backup/directory';
import { backupInterval } from './rules/backup/interval';
import { backupKind } from './rules/backup/kind';
import { backupMissing } from './rules/backup/missing';
import { backupOtherNode } from './rules/backup/other-node';
import { addressLast } from './rules/cluster/address-last';
import { addresses } from './rules/cluster/addresses';
import { authentication } from './rules/cluster/authentication';
import { authenticationMethod } from './rules/cluster/authentication-method';
import { autoFailback } from './rules/cluster/auto-failback';
import { capacity } from './rules/cluster/capacity';
import { capacityKnown } from './rules/cluster/capacity-known';
import { coldStandby } from './rules/cluster/cold-standby';
import { commonFailureDomain } from './rules/cluster/common-failure-domain';
import { crm } from './rules/cluster/crm';
import { deadtimeDrbd } from './rules/cluster/deadtime-drbd';
import { dockerVolume } from './rules/cluster/docker-volume';
import { dopd } from './rules/cluster/dopd';
import { fencing } from './rules/cluster/fencing';
import { groupAddress } from './rules/cluster/group-address';
import { heartbeatPaths } from './rules/cluster/heartbeat-paths';
import { hotStandby } from './rules/cluster/hot-standby';
import { initdead } from './rules/cluster/initdead';
import { journaledFileSystem } from './rules/cluster/journaled-file-system';
import { monitoring } from './rules/cluster/monitoring';
import { onePerHost } from './rules/cluster/one-per-host';
import { preferredNode } from './rules/cluster/preferred-node';
import { sharedCable } from './rules/cluster/shared-cable';
import { startOrder } from './rules/cluster/start-order';
import { storageReachesNodes } from './rules/cluster/storage-reaches-nodes';
import { timingComplete } from './rules/cluster/timing-complete';
import { timingOrder } from './rules/cluster/timing-order';
import { twoNodes } from './rules/cluster/two-nodes';
import { uniqueActivation } from './rules/cluster/unique-activation';
import { uniqueGroupName } from './rules/cluster/unique-group-name';
import { uniqueMountPoint } from './rules/cluster/unique-mount-point';
import { uniqueMountSource } from './rules/cluster/unique-mount-source';
import { uniqueSerialPort } from './rules/cluster/unique-serial-port';
import { uniqueService } from './rules/cluster/unique-service';
import { uniqueUdpPort } from './rules/cluster/unique-udp-port';
import { backup } from './rules/directory/backup';
import { knownSchema } from './rules/directory/known-schema';
import { linkBackup } from './rules/directory/link-backup';
import { linkSuffix } from './rules/directory/link-suffix';
import { localAccess } from './rules/directory/local-access';
import { oneSlapd } from './rules/directory/one-slapd';
import { oneVersion } from './rules/directory/one-version';
import { otherSite } from './rules/directory/other-site';
import { schemaDefinitions } from './rules/directory/schema-definitions';
import { schemaOwner } from './rules/directory/schema-owner';
import { secondCopy } from './rules/directory/second-copy';
import { uniqueAttributes } from './rules/directory/unique-attributes';
import { uniqueHostname } from './rules/directory/unique-hostname';
import { uniqueSuffix } from './rules/directory/unique-suffix';
import { writeFailover } from './rules/directory/write-failover';
import { roundRobin } from './rules/dns/round-robin';
import { dedicatedNetwork } from './rules/drbd/dedicated-network';
import { fenceHandler } from './rules/drbd/fence-handler';
import { fencingPolicy } from './rules/drbd/fencing-policy';
import { fencingProtocol } from './rules/drbd/fencing-protocol';
import { koCount } from './rules/drbd/ko-count';
import { minorRange } from './rules/drbd/minor-range';
import { netTimeout } from './rules/drbd/net-timeout';
import { nodeOrder } from './rules/drbd/node-order';
import { onIoError } from './rules/drbd/on-io-error';
import { oneVolume } from './rules/drbd/one-volume';
import { outdaterInTurn } from './rules/drbd/outdater-in-turn';
import { outdaterRuns } from './rules/drbd/outdater-runs';
import { parallelResyncRule } from './rules/drbd/parallel-resync';
import { peerAuthentication } from './rules/drbd/peer-authentication';
import { peerCount } from './rules/drbd/peer-count';
import { protocol } from './rules/drbd/protocol';
import { resyncOrder } from './rules/drbd/resync-order';
import { resyncRate } from './rules/drbd/resync-rate';
import { scriptName } from './rules/drbd/script-name';
import { semanticName } from './rules/drbd/semantic-name';
import { uniform } from './rules/drbd/uniform';
import { uniqueDisk } from './rules/drbd/unique-disk';
import { uniqueEndpoint } from './rules/drbd/unique-endpoint';
import { uniqueMetaDisk } from './rules/drbd/unique-meta-disk';
import { uniqueMinor } from './rules/drbd/unique-minor';
import { uniqueName } from './rules/drbd/unique-name';
import { uniqueNodeId } from './rules/drbd/unique-node-id';
import { wfcTimeout } from './rules/drbd/wfc-timeout';
import { withoutGroup } from './rules/drbd/without-group';
import { withoutMount } from './rules/drbd/without-mount';
import { oneDevice } from './rules/fencing/one-device';
import { powerFeed } from './rules/fencing/power-feed';
import { clock } from './rules/host/clock';
import { diskMissing } from './rules/host/disk-missing';
import { diskSize } from './rules/host/disk-size';
import { interfaceMissing } from './rules/host/interface-missing';
import { serialPortMissing } from './rules/host/serial-port-missing';
import { uniqueHostName } from './rules/host/unique-name';
import { addressInNetwork } from './rules/network/address-in-network';
import { networkOverlap } from './rules/network/overlap';
import { reservedAddress } from './rules/network/reserved-address';
import { uniqueAddress } from './rules/network/unique-address';
import { agreementEnds } from './rules/replication/agreement-ends';
import { area } from './rules/replication/area';
import { authentication as replicaAuthentication } from './rules/replication/authentication';
import { automaticDecision } from './rules/replication/automatic-decision';
import { certificateCommonName } from './rules/replication/certificate-common-name';
import { certificateIdentities } from './rules/replication/certificate-identities';
import { certificateSubject } from './rules/replication/certificate-subject';
import { certificateSyntax } from './rules/replication/certificate-syntax';
import { chaining } from './rules/replication/chaining';
import { chainingEngine } from './rules/replication/chaining-engine';
import { clock as replicaClock } from './rules/replication/clock';
import { commonFailureDomain as replicasShareDomain } from './rules/replication/common-failure-domain';
import { contextSelection } from './rules/replication/context-selection';
import { cycle } from './rules/replication/cycle';
import { ds389Window } from './rules/replication/ds389-window';
import { failoverByRouting } from './rules/replication/failover-by-routing';
import { failoverGroupSize } from './rules/replication/failover-group-size';
import { fed } from './rules/replication/fed';
import { fractional } from './rules/replication/fractional';
import { initiator } from './rules/replication/initiator';
import { knowledge } from './rules/replication/knowledge';
import { agreementAttributes } from './rules/replication/known-attributes';
import { multiVendor } from './rules/replication/multi-vendor';
import { nameOnly } from './rules/replication/name-only';
import { oneEngine } from './rules/replication/one-engine';
import { onePerHost as replicaPerHost } from './rules/replication/one-per-host';
import { overlap } from './rules/replication/overlap';
import { pipelining } from './rules/replication/pipelining';
import { quorumEven } from './rules/replication/quorum-even';
import { quorumIsAGuard } from './rules/multimaster/quorum-is-a-guard';
import { quorumMesh } from './rules/replication/quorum-mesh';
import { quorumSize } from './rules/replication/quorum-size';
import { reachable } from './rules/replication/reachable';
import { referentialIntegrity } from './rules/replication/referential-integrity';
import { retiringMaster } from './rules/replication/retiring-master';
import { ring } from './rules/replication/ring';
import { schedule } from './rules/replication/schedule';
import { secondaryArea } from './rules/replication/secondary-area';
import { secondaryShadows } from './rules/replication/secondary-shadows';
import { selection } from './rules/replication/selection';
import { serverId } from './rules/replication/server-id';
import { supplierLimit } from './rules/replication/supplier-limit';
import { twoMasters } from './rules/replication/two-masters';
import { uniqueAgreement } from './rules/replication/unique-agreement';
import { uniqueIdentity } from './rules/replication/unique-identity';
import { uniqueReplica } from './rules/replication/unique-replica';
import { uniquenessPlugin } from './rules/replication/uniqueness-plugin';
import { validity } from './rules/replication/validity';
import { windowsSyncCount } from './rules/replication/windows-sync-count';
import { windowsSyncServer } from './rules/replication/windows-sync-server';
import { windowsSyncSpread } from './rules/replication/windows-sync-spread';
import { dataBelowMount } from './rules/service/data-below-mount';
import { enabledAtBoot } from './rules/service/enabled-at-boot';
import { inGroup } from './rules/service/in-group';
import { mailboxIndex } from './rules/service/mailbox-index';
import { requiresSameGroup } from './rules/service/requires-same-group';
import { stateReplicated } from './rules/service/state-replicated';
import { storeOnNfs } from './rules/service/store-on-nfs';
import { synchronousCommit } from './rules/service/synchronous-commit';
import { uniquePort } from './rules/service/unique-port';

/** All rules: first what a cluster is, then its fencing, replication, networks, hosts, services and backups, then directories and mail. */
export const allRules: readonly Rule[] = [
  twoNodes,
  onePerHost,
  heartbeatPaths,
  sharedCable,
  fencing,
  addresses,
  groupAddress,
  coldStandby,
  hotStandby,
  preferredNode,
  storageReachesNodes,
  startOrder,
  addressLast,
  timingComplete,
  timingOrder,
  initdead,
  deadtimeDrbd,
  capacity,
  capacityKnown,
  authentication,
  authenticationMethod,
  autoFailback,
  monitoring,
  crm,
  dopd,
  commonFailureDomain,
  journaledFileSystem,
  uniqueActivation,
  uniqueMountPoint,
  uniqueMountSource,
  dockerVolume,
  uniqueService,
  uniqueGroupName,
  uniqueSerialPort,
  uniqueUdpPort,
  powerFeed,
  oneDevice,
  peerCount,
  oneVolume,
  uniqueName,
  uniqueEndpoint,
  uniqueMinor,
  uniqueDisk,
  uniqueMetaDisk,
  uniqueNodeId,
  minorRange,
  protocol,
  fencingPolicy,
  fencingProtocol,
  fenceHandler,
  outdaterInTurn,
  outdaterRuns,
  peerAuthentication,
  onIoError,
  wfcTimeout,
  netTimeout,
  koCount,
  parallelResyncRule,
  resyncOrder,
  resyncRate,
  dedicatedNetwork,
  uniform,
  withoutGroup,
  withoutMount,
  scriptName,
  semanticName,
  nodeOrder,
  uniqueAddress,
  addressInNetwork,
  reservedAddress,
  networkOverlap,
  uniqueHostName,
  interfaceMissing,
  serialPortMissing,
  diskMissing,
  diskSize,
  clock,
  inGroup,
  enabledAtBoot,
  stateReplicated,
  mailboxIndex,
  requiresSameGroup,
  uniquePort,
  dataBelowMount,
  storeOnNfs,
  synchronousCommit,
  backupMissing,
  backupInterval,
  backupDirectory,
  backupOtherNode,
  backupKind,
  backup,
  knownSchema,
  schemaDefinitions,
  linkBackup,
  linkSuffix,
  localAccess,
  oneSlapd,
  oneVersion,
  otherSite,
  schemaOwner,
  secondCopy,
  uniqueHostname,
  uniqueSuffix,
  uniqueAttributes,
  roundRobin,
  writeFailover,
  agreementEnds,
  area,
  replicaAuthentication,
  automaticDecision,
  certificateCommonName,
  certificateIdentities,
  certificateSubject,
  certificateSyntax,
  chaining,
  chainingEngine,
  replicaClock,
  replicasShareDomain,
  contextSelection,
  cycle,
  ds389Window,
  failoverByRouting,
  failoverGroupSize,
  fed,
  fractional,
  initiator,
  knowledge,
  agreementAttributes,
  multiVendor,
  nameOnly,
  oneEngine,
  replicaPerHost,
  overlap,
  pipelining,
  quorumEven,
  quorumIsAGuard,
  quorumMesh,
  quorumSize,
  reachable,
  referentialIntegrity,
  retiringMaster,
  ring,
  schedule,
  secondaryArea,
  secondaryShadows,
  selection,
  serverId,
  supplierLimit,
  twoMasters,
  uniqueAgreement,
  uniqueIdentity,
  uniqueReplica,
  uniquenessPlugin,
  validity,
  windowsSyncCount,
  windowsSyncServer,
  windowsSyncSpread,
  ...mailRules,
];
