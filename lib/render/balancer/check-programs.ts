import { balancersOn } from '../../topology/balanced-members';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { programFile } from '../readable-file';
import { checkProgram, checkScript } from './check-program';
import { questionOf } from './question';

/** Programs by which LVS on a host asks directory servers. */
export function checkPrograms(topology: Topology, host: EntityId): RenderedFile[] {
  return balancersOn(topology, host)
    .filter(({ software }) => software !== 'haproxy')
    .flatMap(({ balancer }) =>
      balancer.services.flatMap((service) => {
        const question = questionOf(topology, balancer, service);
        if (question.kind === 'connect' || question.kind === 'smtp') return [];
        const search = question.kind === 'search' ? question : undefined;
        return [
          programFile(checkProgram(balancer, service), balancer.path, () =>
            checkScript(balancer.path, service.healthCheck.timeout / 1000, search),
          ),
        ];
      }),
    );
}
