import { Construct, type IConstruct } from 'constructs';
import { Deployment } from '../model/deployment';
import type { TopologySource } from '../topology/source';
import type { Topology } from '../topology/topology';

/** What the matchers look at: a deployment, its topology, or a construct that holds exactly one deployment, such as a stack. */
export type MatcherSubject = TopologySource | Topology | IConstruct;

/**
 * The topology of what a test gave to `expect`. Reading it freezes the deployment.
 *
 * @throws Error when it holds no deployment, or several
 */
export function topologyOf(subject: unknown): Topology {
  if (isTopology(subject)) return subject;
  if (isTopologySource(subject)) return subject.topology();
  if (!Construct.isConstruct(subject)) {
    throw new Error(`expected a Deployment, a Topology or a stack with one deployment (${described(subject)})`);
  }
  const { node } = subject as IConstruct;
  const deployments = node.findAll().filter((construct) => Deployment.isDeployment(construct));
  const [deployment, ...others] = deployments;
  if (!deployment) throw new Error(`[${node.path}] holds no deployment; pass a Deployment or the stack it is in`);
  if (others.length > 0) {
    const paths = deployments.map((found) => found.node.path).join(', ');
    throw new Error(`[${node.path}] holds ${deployments.length} deployments (${paths}); pass one of them`);
  }
  return deployment.topology();
}

function isTopology(value: unknown): value is Topology {
  return typeof value === 'object' && value !== null && (value as Partial<Topology>).format === 'tandem-topology';
}

function isTopologySource(value: unknown): value is TopologySource {
  return (
    typeof value === 'object' && value !== null && typeof (value as Partial<TopologySource>).topology === 'function'
  );
}

function described(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return `an object of class ${value.constructor?.name ?? 'none'}`;
}
