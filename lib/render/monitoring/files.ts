import type { Topology } from '../../topology/topology';
import type { ConstructPath, EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { programFile } from '../readable-file';
import { printUnitFile, section } from '../systemd/unit-file';
import { build } from './build';
import { monitorConfiguration } from './names';
import { print } from './print';
import { resourceScript } from './resource-script';
import { MONITOR_MEMORY, watchScript } from './watch-script';

/** The watcher, its unit and resource script, and the services of each group, on nodes of monitored clusters (E15). */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const groups = build(topology, host);
  if (groups.length === 0) return [];
  // The deployment, and not the host, is their source: they are the same on both nodes (X16).
  const source = topology.path;
  const common = { owner: 'root', group: 'root', secrets: [], source };
  return [
    programFile('/etc/ha.d/resource.d/tandem-monitor', source, () => resourceScript(source)),
    programFile('/usr/local/sbin/tandem-monitor', source, () => watchScript(source), {
      // Only the watchers that run are restarted; the services they watch are not touched. Where none ever ran, systemd
      // is not asked, which takes a second on a slow node.
      activation: {
        kind: 'command',
        command: `[ ! -d ${MONITOR_MEMORY} ] || systemctl try-restart 'tandem-monitor@*.service'`,
      },
    }),
    {
      ...common,
      path: '/etc/systemd/system/tandem-monitor@.service',
      content: unit(source),
      mode: '0644',
      checker: 'systemd-analyze',
      activation: { kind: 'daemon-reload' },
    },
    // A probe may hold a password; the watcher reads the file anew in each round.
    ...groups.map((group) => ({
      ...common,
      source: group.source,
      path: FormatError.naming(group.source, () => monitorConfiguration(group.name)),
      content: FormatError.naming(group.source, () => print(group)),
      mode: '0600',
    })),
  ];
}

/**
 * Without an `[Install]` section: only Heartbeat starts it. Without an order either: systemd starts nothing that is
 * ordered to a unit which it stops, so a takeover would wait for the stop of heartbeat, and that for the takeover.
 */
function unit(source: ConstructPath): string {
  return printUnitFile({
    source,
    sections: [
      section('Unit', [
        ['Description', 'Watch the services of resource group %i'],
        ['StartLimitIntervalSec', '0'],
      ]),
      section('Service', [
        ['Type', 'exec'],
        ['ExecStart', '/usr/local/sbin/tandem-monitor %i'],
        ['Restart', 'always'],
        ['RestartSec', '5s'],
        ['RestartPreventExitStatus', '64 78'],
        ['TimeoutStopSec', '10s'],
        // The same lines go to the log by logger(1).
        ['StandardOutput', 'null'],
      ]),
    ],
  });
}
