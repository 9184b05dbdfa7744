import type { HeartbeatClusterFacts } from '../topology/cluster';

/** The value of directive `crm` that puts a resource manager in charge, when there is one. */
export function resourceManager(cluster: HeartbeatClusterFacts): string | undefined {
  return cluster.extraDirectives.find(
    (directive) => directive.name === 'crm' && !/^(no|off|false|0)$/i.test(directive.value.trim()),
  )?.value;
}
