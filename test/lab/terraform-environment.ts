import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Topology } from '../../lib/topology/topology';
import type { Lab } from './lab';
import { hostKeys } from './up';

/** Words before a command that give it an ssh agent with the lab's key; the agent ends with the command. */
export function withAgent(lab: Lab): readonly string[] {
  const script = 'ssh-add -q "$1" && shift && exec "$@"';
  return ['ssh-agent', 'sh', '-c', script, 'sh', lab.directory.file('keys', 'client')];
}

/** What Terraform needs for a lab besides an agent: host keys, and values of the secrets, drawn once for each lab. */
export function terraformEnvironment(lab: Lab, topology: Topology): Readonly<Record<string, string>> {
  const keys = Object.fromEntries(
    lab.plan.nodes.map((node) => [node.name, `${hostKeys(lab.directory, node.name).join('\n')}\n`]),
  );
  return {
    TF_VAR_host_keys_ssh: JSON.stringify(keys),
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    // Asks nobody for news of Terraform.
    CHECKPOINT_DISABLE: '1',
    ...Object.fromEntries(Object.entries(secretsOf(lab, topology)).map(([name, value]) => [`TF_VAR_${name}`, value])),
  };
}

/** Values of the secrets of a topology, the same for the life of a lab. */
export function secretsOf(lab: Lab, topology: Topology): Readonly<Record<string, string>> {
  const file = lab.directory.file('secrets.json');
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
  const all = Object.fromEntries(
    topology.secrets.map(({ name }) => [name, known[name] ?? randomBytes(16).toString('hex')]),
  );
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
  return all;
}
