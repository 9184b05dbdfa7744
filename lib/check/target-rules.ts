import type { RuleDescription } from './rule';

/** Members of a group share a Docker daemon, which only the target knows. */
export const oneDaemonRule: RuleDescription = {
  id: 'docker/one-daemon',
  severity: 'warning',
  requirements: ['F6', 'F29'],
  title: 'Members of a group are containers of different daemons.',
  rationale:
    'A daemon, and the machine that it runs on, fail as one: then all members of the group are gone, and the copies protect against nothing but a broken container. DockerTarget tells who shares one; it is not seen in topology.json alone.',
};

/** Rules that a target carries out at synth, because a topology does not hold what they look at. */
export const targetRules: readonly RuleDescription[] = [oneDaemonRule];
