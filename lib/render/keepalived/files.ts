import { balancersOn } from '../../topology/balanced-members';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { checkPrograms } from '../balancer/check-programs';
import type { RenderedFile } from '../file';
import { headerComment } from '../header';
import { readableFile } from '../readable-file';
import { renderedUnit } from '../systemd/rendered-unit';
import { section } from '../systemd/unit-file';
import { build } from './build';
import { print } from './print';

const UNIT = 'keepalived.service';

/** `/etc/keepalived/keepalived.conf` of a host that balances: who has the address, and LVS where keepalived does it. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const source = balancersOn(topology, host)[0]?.balancer.path;
  if (source === undefined) return [];
  return [
    readableFile(
      '/etc/keepalived/keepalived.conf',
      source,
      () => `${headerComment(source)}\n${print(build(topology, host))}`,
      { checker: 'keepalived', activation: { kind: 'reload', unit: UNIT } },
    ),
    ...checkPrograms(topology, host),
    renderedUnit(
      `${UNIT}.d/tandem.conf`,
      source,
      [
        section('Unit', [
          ['After', 'haproxy.service ldirectord.service'],
          ['StartLimitIntervalSec', '0'],
        ]),
        section('Service', [
          ['Restart', 'always'],
          ['RestartSec', '1'],
        ]),
      ],
      { kind: 'enable', unit: UNIT },
    ),
  ];
}
