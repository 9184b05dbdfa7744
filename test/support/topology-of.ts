import type { Construct } from 'constructs';
import { Deployment } from 'tandem-ha';
import type { Topology } from '../../lib/topology/topology';

/** The topology of the first deployment of a stack, or of an app. */
export function topologyOf(stack: Construct): Topology {
  const deployment = stack.node.findAll().find((construct) => Deployment.isDeployment(construct));
  return (deployment as Deployment).topology();
}
