import type { Topology } from '../../topology/topology';
import { clockFindings, membershipFindings, nameFindings, unreachedFindings } from './assess/cluster';
import { overall, worstFirst, type StatusFinding, type StatusSeverity } from './assess/finding';
import { groupFindings } from './assess/group-findings';
import { groupStatus, type GroupStatus } from './assess/groups';
import { replicationFindings, volumeStatuses, type VolumeStatus } from './assess/replication';
import { upkeepFindings } from './assess/upkeep';
import { balancerStatuses, type BalancerStatus } from '../balancer/balancer-status';
import { balancerFindings } from '../balancer/findings';
import { assessDirectories } from '../directory/status/assess';
import type { DirectoryStatus } from '../directory/status/copy-status';
import type { DumpLook } from '../directory/status/dumps';
import type { CopyLook } from '../directory/status/look';
import { mailFindings, pairFindings } from '../mail/status/findings';
import { mailServerStatuses, type MailServerStatus } from '../mail/status/server-status';
import type { HostLook } from './facts';

/** Version of the layout of the JSON output; it rises when a reader of the old layout would be misled. */
export const STATUS_FORMAT_VERSION = 1;

/** State of a deployment at one moment. */
export interface StatusReport {
  readonly format: 'tandem-status';
  readonly formatVersion: typeof STATUS_FORMAT_VERSION;
  readonly deployment: string;
  /** When it was looked at, as ISO 8601. */
  readonly time: string;
  readonly severity: StatusSeverity;
  /** The worst first. */
  readonly findings: readonly StatusFinding[];
  readonly groups: readonly GroupStatus[];
  readonly volumes: readonly VolumeStatus[];
  readonly hosts: readonly HostLook[];
  readonly directories: readonly DirectoryStatus[];
  readonly mailServers: readonly MailServerStatus[];
  readonly balancers: readonly BalancerStatus[];
}

/** Judges what was seen. Pure: the same facts give the same report. */
export function assess(
  topology: Topology,
  hosts: readonly HostLook[],
  time: Date,
  copies: readonly CopyLook[] = [],
  dumps: readonly DumpLook[] = [],
): StatusReport {
  const { directories, findings: ofDirectories } = assessDirectories(topology, copies, time, dumps);
  const volumes = volumeStatuses(topology, hosts);
  const mailServers = mailServerStatuses(topology, hosts);
  const balancers = balancerStatuses(topology, hosts);
  const cases = topology.clusters.flatMap((cluster) =>
    cluster.groups.map((group) => ({
      topology,
      cluster,
      group,
      looks: hosts,
      status: groupStatus(topology, cluster, group, hosts),
    })),
  );
  const findings = worstFirst([
    ...nameFindings(topology, hosts),
    ...cases.flatMap(groupFindings),
    ...pairFindings(topology, mailServers),
    ...mailFindings(topology, mailServers),
    ...balancerFindings(topology, balancers),
    ...replicationFindings(topology, volumes),
    ...topology.clusters.flatMap((cluster) => membershipFindings(topology, cluster, hosts)),
    ...unreachedFindings(topology, hosts),
    ...clockFindings(topology, hosts),
    ...upkeepFindings(topology, hosts),
    ...ofDirectories,
  ]);
  return {
    format: 'tandem-status',
    formatVersion: STATUS_FORMAT_VERSION,
    deployment: topology.name,
    time: time.toISOString(),
    severity: overall(findings),
    findings,
    groups: cases.map(({ status }) => status),
    volumes,
    hosts,
    directories,
    mailServers,
    balancers,
  };
}
