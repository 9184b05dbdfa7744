import { lookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import type { ConstructPath, EntityId } from '../../topology/units';

/** A directive of chrony.conf(5). */
export interface ChronyDirective {
  readonly name: string;
  readonly values: readonly string[];
}

/** The file `/etc/chrony/chrony.conf`. */
export interface ChronyConfiguration {
  readonly source: ConstructPath;
  readonly directives: readonly ChronyDirective[];
}

/**
 * The clock of a host with time servers. The nodes do not follow each other: an unauthenticated peer could drag a good
 * clock along with a bad one.
 */
export function build(topology: Topology, host: EntityId): ChronyConfiguration | undefined {
  const { path, timeServers } = lookup(topology).host(host);
  if (timeServers.length === 0) return undefined;
  return {
    source: path,
    directives: [
      ...timeServers.map((server) => directive('server', server, 'iburst')),
      directive('driftfile', '/var/lib/chrony/chrony.drift'),
      directive('ntsdumpdir', '/var/lib/chrony'),
      // A step is only allowed while the clock is first set: timers of a running cluster must not jump.
      directive('makestep', '1', '3'),
      directive('maxupdateskew', '100.0'),
      directive('rtcsync'),
      directive('leapsectz', 'right/UTC'),
      directive('logdir', '/var/log/chrony'),
    ],
  };
}

function directive(name: string, ...values: string[]): ChronyDirective {
  return { name, values };
}
