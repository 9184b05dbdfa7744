import type { Topology } from '../../topology/topology';
import { balancerAlertRules } from '../balancer/alert-rules';
import { mailAlertRules } from '../mail/status/alert-rules';
import { selector, type AlertRule } from './alert-rule';

/** Minutes after which nobody seems to write the text file any more. */
const STALE_MINUTES = 15;

/** Rules that Prometheus loads for a deployment, as YAML. */
export function alertRulesText(topology: Topology): string {
  const lines = [
    `# Tandem: alerts for ${topology.name}, from the metrics that 'tandem status ${topology.name} --prometheus FILE' writes`,
    'groups:',
    `  - name: ${scalar(`tandem-${topology.name}`)}`,
    '    rules:',
    ...rules(topology).flatMap((rule) => [
      `      - alert: ${scalar(rule.alert)}`,
      `        expr: ${scalar(rule.expr)}`,
      ...(rule.for === undefined ? [] : [`        for: ${scalar(rule.for)}`]),
      '        labels:',
      `          severity: ${scalar(rule.severity)}`,
      ...Object.entries(rule.labels ?? {}).map(([name, value]) => `          ${name}: ${scalar(value)}`),
      '        annotations:',
      `          summary: ${scalar(rule.summary)}`,
      `          description: ${scalar(`tandem status ${topology.name} says what to do`)}`,
    ]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** A text as a double-quoted scalar of YAML, which takes every string of JSON. */
function scalar(text: string): string {
  return JSON.stringify(text);
}

/** Alerts on directories. */
function directoryRules(topology: Topology, all: string): readonly AlertRule[] {
  if (topology.directories.length === 0) return [];
  const single = topology.failoverGroups.map(({ directory }) =>
    topology.directories.find(({ id }) => id === directory),
  );
  return [
    {
      alert: 'TandemDirectoryNoWriter',
      expr: `tandem_directory_writers${all} == 0`,
      for: '2m',
      severity: 'critical',
      summary: 'No server takes writes of directory {{ $labels.directory }}',
    },
    ...single.flatMap((directory): readonly AlertRule[] =>
      directory
        ? [
            {
              alert: 'TandemDirectoryTwoMasters',
              expr: `tandem_directory_writers${selector(topology.name, { directory: directory.name })} > 1`,
              severity: 'critical',
              labels: { directory: directory.name },
              summary: `{{ $value }} servers take writes of directory ${directory.name}`,
            },
          ]
        : [],
    ),
    {
      alert: 'TandemDirectoryContent',
      expr: `tandem_directory_content_equal${all} == 0`,
      for: '5m',
      severity: 'critical',
      summary: '{{ $labels.server }} holds other data of {{ $labels.directory }} than the rest',
    },
    {
      alert: 'TandemDirectoryServerDown',
      expr: `tandem_directory_up${all} == 0`,
      for: '2m',
      severity: 'warning',
      summary: '{{ $labels.server }} does not answer',
    },
    {
      alert: 'TandemDirectoryClosed',
      expr: `tandem_directory_open${all} == 0`,
      for: '5m',
      severity: 'warning',
      summary: '{{ $labels.server }} answers no client of {{ $labels.directory }}',
    },
    {
      alert: 'TandemDirectoryBehind',
      expr: `tandem_directory_lag_seconds${all} > 60`,
      for: '5m',
      severity: 'warning',
      summary: '{{ $labels.server }} is {{ $value }} s behind in {{ $labels.directory }}',
    },
    {
      alert: 'TandemDirectoryCertificate',
      expr: `tandem_directory_certificate_days${all} < 30`,
      severity: 'warning',
      summary: 'The certificate of {{ $labels.server }} ends in {{ $value }} days',
    },
    {
      alert: 'TandemDirectoryConfiguration',
      expr: `tandem_directory_configuration_differences${all} > 0`,
      for: '15m',
      severity: 'warning',
      summary: '{{ $value }} settings of {{ $labels.server }} are not as rendered',
    },
  ];
}

function rules(topology: Topology): readonly AlertRule[] {
  const of = (labels: Readonly<Record<string, string>> = {}): string => selector(topology.name, labels);
  const all = of();
  return [
    {
      alert: 'TandemStatusStale',
      expr: `time() - tandem_status_timestamp_seconds${all} > ${STALE_MINUTES * 60} or absent(tandem_status_timestamp_seconds${all})`,
      for: '5m',
      severity: 'warning',
      summary: `${topology.name} has not been looked at for ${STALE_MINUTES} minutes: its other alerts are blind`,
    },
    {
      alert: 'TandemGroupNotServed',
      expr: `tandem_group_served${all} == 0`,
      for: '2m',
      severity: 'critical',
      summary: 'Group {{ $labels.group }} runs on no node',
    },
    {
      alert: 'TandemGroupTwice',
      expr: `tandem_group_nodes${all} > 1`,
      severity: 'critical',
      summary: 'Group {{ $labels.group }} has storage or addresses on {{ $value }} nodes',
    },
    {
      alert: 'TandemSplitBrain',
      expr: `tandem_split_brain${all} == 1`,
      severity: 'critical',
      summary: 'The copies of {{ $labels.resource }} have gone apart',
    },
    {
      alert: 'TandemNodeDown',
      expr: `tandem_node_up${all} == 0`,
      for: '2m',
      severity: 'warning',
      summary: '{{ $labels.node }} does not answer: the next fault ends the services',
    },
    {
      alert: 'TandemNoStandby',
      expr: `tandem_heartbeat_member_active${all} == 0 or tandem_heartbeat_active${all} == 0`,
      for: '2m',
      severity: 'warning',
      summary: 'The cluster has no standby, says {{ $labels.node }}',
    },
    {
      alert: 'TandemHeartbeatLinkDown',
      expr: `tandem_heartbeat_link_up${all} == 0`,
      for: '2m',
      severity: 'warning',
      summary: '{{ $labels.node }} hears nothing over {{ $labels.link }}',
    },
    {
      alert: 'TandemDiskNotUpToDate',
      expr: `tandem_drbd_disk_up_to_date${all} == 0`,
      for: '5m',
      severity: 'warning',
      summary: '{{ $labels.node }} has no current copy of {{ $labels.resource }} and cannot take over',
    },
    {
      alert: 'TandemNotReplicated',
      expr: `tandem_drbd_connected${all} == 0`,
      for: '5m',
      severity: 'warning',
      summary: '{{ $labels.resource }} is not replicated, says {{ $labels.node }}',
    },
    ...topology.backups.map(({ name, interval }): AlertRule => ({
      alert: 'TandemBackupOld',
      expr: `tandem_backup_age_seconds${of({ backup: name })} > ${(2 * interval) / 1000}`,
      // A new deployment has no dump before the first interval is over.
      for: `${Math.ceil(interval / 1000)}s`,
      severity: 'warning',
      labels: { backup: name },
      summary: `{{ $labels.node }} has no dump ${name} of the last ${(2 * interval) / 60_000} minutes`,
    })),
    {
      alert: 'TandemFileDrift',
      expr: `tandem_file_drift${all} > 0`,
      for: '15m',
      severity: 'warning',
      summary: '{{ $value }} files on {{ $labels.node }} are not as rendered',
    },
    {
      alert: 'TandemClocksApart',
      expr: `max by (deployment) (tandem_clock_offset_seconds${all}) - min by (deployment) (tandem_clock_offset_seconds${all}) > 0.5`,
      for: '10m',
      severity: 'warning',
      summary: 'The clocks of the nodes are {{ $value }} s apart',
    },
    {
      alert: 'TandemFileSystemFull',
      expr: `tandem_file_system_available_ratio${all} < 0.05`,
      for: '5m',
      severity: 'warning',
      summary: 'The file system of {{ $labels.directory }} on {{ $labels.node }} is almost full',
    },
    ...directoryRules(topology, all),
    ...mailAlertRules(topology),
    ...balancerAlertRules(topology),
  ];
}
