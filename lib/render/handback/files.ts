import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { clusterOf } from '../ha-cf/cluster-of';
import { programFile } from '../readable-file';
import { renderedUnit } from '../systemd/rendered-unit';
import { section } from '../systemd/unit-file';
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
    renderedUnit(
      HANDBACK_UNIT,
      source,
      [
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
      { kind: 'enable', unit: HANDBACK_UNIT },
    ),
  ];
}
