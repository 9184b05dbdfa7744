import { balancersOn } from '../../topology/balanced-members';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { headerComment } from '../header';
import { programFile, readableFile } from '../readable-file';
import { renderedUnit } from '../systemd/rendered-unit';
import { section } from '../systemd/unit-file';
import { answersScript } from './answers-script';
import { build } from './build';
import { ANSWERS } from './places';
import { print } from './print';

const UNIT = 'haproxy.service';

/** `/etc/haproxy/haproxy.cfg` of a host that balances by HAProxy, and what keepalived asks it by. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const sections = build(topology, host);
  const source = balancersOn(topology, host).find(({ software }) => software === 'haproxy')?.balancer.path;
  if (source === undefined) return [];
  return [
    readableFile('/etc/haproxy/haproxy.cfg', source, () => headerComment(source) + print(sections), {
      checker: 'haproxy',
      activation: { kind: 'reload', unit: UNIT },
    }),
    programFile(ANSWERS, source, () => answersScript(source)),
    renderedUnit(`${UNIT}.d/tandem.conf`, source, [section('Unit', [['StartLimitIntervalSec', '0']])], {
      kind: 'enable',
      unit: UNIT,
    }),
  ];
}
