import { lookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import type { ConstructPath, EntityId } from '../../topology/units';

/** One log file and how it is kept, as in logrotate(8). */
export interface RotatedLog {
  readonly file: string;
  readonly directives: readonly string[];
}

/** A file of `/etc/logrotate.d`. */
export interface LogrotateConfiguration {
  readonly source: ConstructPath;
  readonly logs: readonly RotatedLog[];
}

/** The log of Heartbeat, on hosts that run it. Dumps and monitors write to the journal, which bounds itself. */
export function build(topology: Topology, host: EntityId): LogrotateConfiguration | undefined {
  const clusters = lookup(topology).clustersOf(host);
  if (clusters[0] === undefined) return undefined;
  return {
    source: clusters[0].path,
    logs: [
      {
        file: '/var/log/ha-log',
        directives: [
          'weekly',
          'maxsize 50M',
          'rotate 12',
          'compress',
          // Heartbeat may still write to the file that was just renamed.
          'delaycompress',
          'missingok',
          'notifempty',
        ],
      },
    ],
  };
}
