import { lookup } from '../../../topology/lookup';
import type { Rule } from '../../rule';

/** X20: a serial link ends in a port. */
export const serialPortMissing: Rule = {
  id: 'host/serial-port-missing',
  severity: 'error',
  requirements: ['X20'],
  title: 'Both nodes have the serial port of a serial heartbeat link.',
  rationale: 'Heartbeat does not start when it cannot open the port.',
  check: (topology) =>
    topology.origin === 'files'
      ? []
      : topology.clusters.flatMap((cluster) =>
          cluster.links.flatMap((link) =>
            link.kind !== 'serial'
              ? []
              : cluster.nodes.flatMap((node) => {
                  const host = lookup(topology).host(node);
                  const device = link.ends.find((end) => end.host === node)?.device;
                  return device !== undefined && host.serialPorts.includes(device)
                    ? []
                    : [
                        {
                          path: cluster.path,
                          problem: `node ${host.name} lacks the port of a serial link`,
                          value: device ?? 'no end on this node',
                          remedy: `declare the port in serialPorts of ${host.name} or choose one that it has`,
                          property: 'links',
                        },
                      ];
                }),
          ),
        ),
};
