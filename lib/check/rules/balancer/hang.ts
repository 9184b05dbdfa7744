import { lookup } from '../../../topology/lookup';
import { byId } from '../../collections';
import { unfenced } from '../../unfenced';
import type { Rule } from '../../rule';

/** E33: a balancer that hangs keeps its address. */
export const hang: Rule = {
  id: 'balancer/hang',
  severity: 'warning',
  requirements: ['E33', 'X4'],
  title: 'A load balancer that hangs is reset by the other one.',
  rationale:
    'The kernel of a host whose balancer hangs keeps the virtual address and goes on answering for it. The other one takes the address too, and clients reach either of them.',
  check: (topology) => {
    const devices = byId(topology.fencingDevices);
    return topology.loadBalancers.flatMap(({ path, balancer }) =>
      balancer.kind === 'external' || balancer.hosts.length < 2
        ? []
        : unfenced(
            topology,
            balancer.hosts,
            balancer.fencing.flatMap((id) => devices.get(id) ?? []),
          ).map((host) => ({
            path,
            problem: 'no fencing device resets a load balancer that hangs and keeps the address',
            value: lookup(topology).host(host).name,
            remedy: 'add a fencing device for it, issued from the other host, or accept that an operator does it',
            property: 'on.fencing',
          })),
    );
  },
};
