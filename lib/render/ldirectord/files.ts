import { balancersOn } from '../../topology/balanced-members';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { headerComment } from '../header';
import { programFile, readableFile } from '../readable-file';
import { printScript } from '../shell/script';
import { renderedUnit } from '../systemd/rendered-unit';
import { section } from '../systemd/unit-file';
import { build } from './build';
import { PROCESS_FILE, RUNS } from './places';
import { print } from './print';

const UNIT = 'ldirectord.service';

/** `/etc/ha.d/ldirectord.cf` of a host that balances by LVS and ldirectord(8), and what keepalived looks at it by. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const tree = build(topology, host);
  const source = balancersOn(topology, host).find(({ software }) => software === 'lvs-ldirectord')?.balancer.path;
  if (!tree || source === undefined) return [];
  return [
    readableFile('/etc/ha.d/ldirectord.cf', source, () => `${headerComment(source)}\n${print(tree)}`, {
      checker: 'ldirectord',
      activation: { kind: 'reload', unit: UNIT },
    }),
    programFile(RUNS, source, () => printScript({ source, variables: [['file', PROCESS_FILE]], body: RUNNING })),
    renderedUnit(
      `${UNIT}.d/tandem.conf`,
      source,
      [
        section('Unit', [['StartLimitIntervalSec', '0']]),
        section('Service', [
          // Those of the package touch a file below /var/lock/subsys, which Debian does not have.
          ['ExecStartPost', ''],
          ['ExecStopPost', ''],
          ['Restart', 'always'],
          ['RestartSec', '1'],
        ]),
      ],
      { kind: 'enable', unit: UNIT },
    ),
  ];
}

const RUNNING = `read -r process <"$file" || exit 1
tr '\\0' ' ' 2>/dev/null <"/proc/$process/cmdline" | grep -q ldirectord
`;
