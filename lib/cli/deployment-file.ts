import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readTopology } from '../topology/read';
import type { Topology } from '../topology/topology';
import { readInput } from './files';
import type { Io } from './io';
import { UserError } from './user-error';

/**
 * The topology of a deployment by its name, or of a topology.json.
 * @param output where the synth wrote
 * @throws UserError when there is none
 */
export async function readDeployment(name: string, output: string, io: Io): Promise<Topology> {
  return readTopology(readInput(deploymentFile(name, output, io), io.directory).text);
}

/** Where the synth put the files of the hosts. */
export function hostsFolder(deployment: string, output: string, topology: Topology, io: Io): string {
  const folder =
    deployment.endsWith('.json') || deployment.includes('/')
      ? path.dirname(deployment)
      : path.join(output, 'tandem', topology.name);
  return path.resolve(io.directory, folder, 'hosts');
}

/** A file by its name, or the topology of a deployment that was synthesized. */
function deploymentFile(name: string, output: string, io: Io): string {
  if (name.endsWith('.json') || name.includes('/')) return name;
  const folder = path.join(output, 'tandem');
  const file = path.join(folder, name, 'topology.json');
  if (existsSync(path.resolve(io.directory, file))) return file;
  const place = path.resolve(io.directory, folder);
  const known = existsSync(place)
    ? readdirSync(place).filter((entry) => existsSync(path.join(place, entry, 'topology.json')))
    : [];
  throw new UserError(
    known.length > 0
      ? `no deployment '${name}' in ${folder} (there are: ${known.sort().join(', ')}); name one of them or a topology.json`
      : `no deployment in ${folder}; run the synth first, or name its output with --output`,
  );
}
