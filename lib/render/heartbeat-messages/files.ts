import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { clusterOf } from '../ha-cf/cluster-of';
import { headerComment } from '../header';
import { readableFile } from '../readable-file';

const FUNCTIONS = '/etc/ha.d/tandem-messages';

/** Line at the end of heartbeat's own functions; it stays there without harm when the file goes away. */
const HOOK = `[ ! -r ${FUNCTIONS} ] || . ${FUNCTIONS}`;

// The functions belong to the package and are read anew by each script, so a running heartbeat has them at once.
const INSTALL = `grep -qxF '${HOOK}' /etc/ha.d/shellfuncs || { test -s /etc/ha.d/shellfuncs && printf '%s\\n' '${HOOK}' >>/etc/ha.d/shellfuncs; }`;

/**
 * How heartbeat's scripts tell it what they have done. Its own function writes a message in pieces, and two scripts that
 * write at once break each other's: in the lab 12 of 160 such messages. At the end of a takeover two do write at once,
 * and without the message a group that comes home is never started (X2).
 */
const BODY = `# Heartbeat reads this at the end of /etc/ha.d/shellfuncs. What is written at once is read as one message.
ha_clustermsg() {
  tandem_message=$(cat)
  cat >>"$HA_FIFO" <<TANDEM_END
>>>
$tandem_message
<<<
TANDEM_END
}
`;

/** A function in place of one of heartbeat's, on every node of a cluster. */
export function files(topology: Topology, host: EntityId): readonly RenderedFile[] {
  const cluster = clusterOf(topology, host);
  if (!cluster) return [];
  return [
    readableFile(FUNCTIONS, cluster.path, () => headerComment(cluster.path) + BODY, {
      checker: 'sh',
      activation: { kind: 'command', command: INSTALL },
    }),
  ];
}
