import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { clusterOf } from '../ha-cf/cluster-of';
import { programFile, readableFile } from '../readable-file';
import { printUnitFile, section } from '../systemd/unit-file';
import { build } from './build';
import { handbackScript } from './script';

const PROGRAM = '/usr/local/sbin/tandem-handback';

/** The unit that runs beside heartbeat on every node that has one. */
const HANDBACK_UNIT = 'tandem-handback.service';

// A question to systemd costs a process; this link is there while the unit is started.
const RESTART = `[ ! -L /run/systemd/units/invocation:${HANDBACK_UNIT} ] || systemctl try-restart ${HANDBACK_UNIT}`;

/** What gives groups away that a node claims and cannot run, and its unit (X2). */
export function files(topology: Topology, host: EntityId): readonly RenderedFile[] {
  const cluster = clusterOf(topology, host);
  const handback = cluster && build(topology, cluster);
  if (!handback) return [];
  const { source } = handback;
  return [
    programFile(PROGRAM, source, () => handbackScript(handback), {
      activation: { kind: 'command', command: RESTART },
    }),
    readableFile(
      `/etc/systemd/system/${HANDBACK_UNIT}`,
      source,
      () =>
        printUnitFile({
          source,
          sections: [
            section('Unit', [
              ['Description', 'Give away resource groups that heartbeat claims and cannot run'],
              ['After', 'heartbeat.service'],
              ['PartOf', 'heartbeat.service'],
            ]),
            section('Service', [
              ['Type', 'exec'],
              ['ExecStart', PROGRAM],
              ['Restart', 'always'],
              ['RestartSec', '10s'],
            ]),
            section('Install', [['WantedBy', 'heartbeat.service']]),
          ],
        }),
      { checker: 'systemd-analyze', activation: { kind: 'enable', unit: HANDBACK_UNIT } },
    ),
  ];
}
