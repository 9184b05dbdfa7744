import type { Topology } from '../../topology/topology';
import { balancerMetrics } from '../balancer/metrics';
import { directoryMetrics } from '../directory/status/metrics';
import { mailMetrics } from '../mail/status/metrics';
import type { StatusReport } from './assess';
import { isLinked } from './assess/connection';
import type { ReachedHost } from './facts';
import type { Metric, Sample } from './metric';

/**
 * A report in the text format of Prometheus, for the textfile collector of node-exporter. What was not seen has no
 * sample, so that no alert takes it for good or for bad.
 */
export function prometheusText(topology: Topology, report: StatusReport): string {
  return metrics(topology, report)
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, help, samples }) =>
      [
        `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
        `# TYPE ${name} gauge`,
        ...samples.map(
          ({ labels, value }) => `${name}${labelText({ deployment: report.deployment, ...labels })} ${number(value)}`,
        ),
        '',
      ].join('\n'),
    )
    .join('');
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const escaped = (text: string): string =>
    text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')}}`;
}

function number(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
}

function metrics(topology: Topology, report: StatusReport): readonly Metric[] {
  const hosts = report.hosts.filter((look): look is ReachedHost => look.reached);
  const perHost = (read: (look: ReachedHost) => readonly Sample[]): readonly Sample[] =>
    hosts.flatMap((look) => read(look).map((sample) => ({ ...sample, labels: { node: look.name, ...sample.labels } })));
  const one = (value: number): readonly Sample[] => [{ labels: {}, value }];
  return [
    {
      name: 'tandem_status_timestamp_seconds',
      help: 'When the deployment was looked at, as Unix time.',
      samples: one(Math.round(Date.parse(report.time) / 1000)),
    },
    {
      name: 'tandem_findings',
      help: 'Findings of tandem status by severity.',
      samples: (['failed', 'degraded', 'unknown', 'notice'] as const).map((severity) => ({
        labels: { severity },
        value: report.findings.filter((finding) => finding.severity === severity).length,
      })),
    },
    {
      name: 'tandem_node_up',
      help: 'Whether the node answered.',
      samples: report.hosts.map((look) => ({ labels: { node: look.name }, value: Number(look.reached) })),
    },
    ...groupMetrics(report),
    ...replicationMetrics(report),
    ...directoryMetrics(report.directories),
    ...mailMetrics(report.mailServers),
    ...balancerMetrics(report.balancers),
    {
      name: 'tandem_heartbeat_active',
      help: 'Whether heartbeat runs on the node.',
      samples: perHost(({ state }) =>
        'heartbeat.service' in state.units ? one(Number(state.heartbeat.unit === 'active')) : [],
      ),
    },
    {
      name: 'tandem_heartbeat_member_active',
      help: 'Whether heartbeat on the node sees the member in the cluster.',
      samples: perHost(({ state }) =>
        Object.entries(state.heartbeat.nodes).map(([member, status]) => ({
          labels: { member },
          value: Number(status === 'active'),
        })),
      ),
    },
    {
      name: 'tandem_heartbeat_link_up',
      help: 'Whether the node hears its peer over the heartbeat path.',
      samples: perHost(({ state }) =>
        Object.entries(state.heartbeat.links).map(([link, status]) => ({
          labels: { link },
          value: Number(status === 'up'),
        })),
      ),
    },
    {
      name: 'tandem_backup_age_seconds',
      help: 'Age of the last dump on the node; +Inf where there is none.',
      samples: perHost(({ state }) =>
        state.backups.map(({ name, age }) => ({
          labels: { backup: name },
          value: age === undefined ? Infinity : Math.round(age),
        })),
      ),
    },
    {
      name: 'tandem_backup_interval_seconds',
      help: 'Time between two dumps.',
      samples: topology.backups.map(({ name, interval }) => ({ labels: { backup: name }, value: interval / 1000 })),
    },
    {
      name: 'tandem_file_drift',
      help: 'Files on the node that are not as rendered.',
      samples: perHost(({ state }) => (state.files ? one(state.files.drift.length) : [])),
    },
    {
      name: 'tandem_clock_offset_seconds',
      help: 'What the clock of the node is ahead of the one of the machine that looked.',
      samples: perHost(({ state }) => (Number.isFinite(state.clock.offset) ? one(rounded(state.clock.offset)) : [])),
    },
    {
      name: 'tandem_file_system_available_ratio',
      help: 'Free share of the file system that holds the directory.',
      samples: perHost(({ state }) =>
        state.space
          .filter(({ size }) => size > 0)
          .map(({ directory, size, available }) => ({ labels: { directory }, value: rounded(available / size) })),
      ),
    },
  ];
}

function groupMetrics({ groups, findings }: StatusReport): readonly Metric[] {
  return [
    {
      name: 'tandem_group_served',
      help: 'Whether all members of the group run on a node.',
      samples: groups.flatMap(({ cluster, name, hosts }) => {
        const served = hosts.some(({ is }) => is === 'running');
        // On a node that does not answer it may run or not.
        const unseen = findings.some(
          (finding) => finding.id === 'group/unseen' && finding.problem.includes(`group ${name} `),
        );
        return unseen && !served ? [] : [{ labels: { cluster, group: name }, value: Number(served) }];
      }),
    },
    {
      name: 'tandem_group_nodes',
      help: 'Nodes that have storage or an address of the group; more than one may destroy data.',
      samples: groups.map(({ cluster, name, hosts }) => ({
        labels: { cluster, group: name },
        value: hosts.filter(({ is }) => is !== 'stopped').length,
      })),
    },
    {
      name: 'tandem_group_running',
      help: 'Whether all members of the group run on this node.',
      samples: groups.flatMap(({ cluster, name, hosts }) =>
        hosts.map(({ host, is }) => ({
          labels: { node: host, cluster, group: name },
          value: Number(is === 'running'),
        })),
      ),
    },
    {
      name: 'tandem_service_active',
      help: 'Whether the service runs on this node.',
      samples: groups.flatMap(({ name, hosts }) =>
        hosts.flatMap(({ host, members }) =>
          members
            .filter((member) => member.kind === 'service')
            .map((member) => ({
              labels: { node: host, group: name, service: member.name },
              value: Number(member.runs),
            })),
        ),
      ),
    },
  ];
}

function replicationMetrics({ volumes }: StatusReport): readonly Metric[] {
  const seen = volumes.flatMap(({ resource, volume, views }) =>
    views.map(({ host, state }) => ({ labels: { node: host, resource, volume: String(volume) }, state })),
  );
  return [
    {
      name: 'tandem_split_brain',
      help: 'Whether the copies of the volume have gone apart.',
      samples: volumes
        .filter(({ views }) => views.length > 0)
        .map(({ resource, volume, splitBrain }) => ({
          labels: { resource, volume: String(volume) },
          value: Number(splitBrain),
        })),
    },
    {
      name: 'tandem_drbd_disk_up_to_date',
      help: 'Whether the node has a whole and current copy of the volume.',
      samples: seen.map(({ labels, state }) => ({ labels, value: Number(state?.disk === 'UpToDate') })),
    },
    {
      name: 'tandem_drbd_primary',
      help: 'Whether the volume is primary on the node.',
      samples: seen.map(({ labels, state }) => ({ labels, value: Number(state?.role === 'Primary') })),
    },
    {
      name: 'tandem_drbd_connected',
      help: 'Whether the node replicates the volume with all its peers.',
      samples: seen.map(({ labels, state }) => ({
        labels,
        value: Number(
          state !== undefined && state.peers.length > 0 && state.peers.every((peer) => isLinked(peer.connection)),
        ),
      })),
    },
    {
      name: 'tandem_drbd_out_of_sync_bytes',
      help: 'Data of the volume that the copies do not have in common.',
      samples: seen.flatMap(({ labels, state }) =>
        state ? [{ labels, value: 1024 * Math.max(0, ...state.peers.map((peer) => peer.outOfSync)) }] : [],
      ),
    },
  ];
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
