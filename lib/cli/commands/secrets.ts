import { readdirSync, existsSync } from 'node:fs';
import path from 'node:path';
import { initializeSecrets } from '../../target/secrets';
import { readTopology } from '../../topology/read';
import type { Topology } from '../../topology/topology';
import { readInput } from '../files';
import { EXIT, type Io } from '../io';
import { UserError } from '../user-error';

/** What `tandem secrets init` is told. */
export interface SecretsInitOptions {
  /** Where the synth wrote. */
  readonly output: string;
  /** Writes a file for each secret too. */
  readonly files?: boolean;
}

/** Gives every secret of every synthesized deployment a value, where it has none. */
export async function secretsInitCommand({ output, files }: SecretsInitOptions, io: Io): Promise<number> {
  const folder = path.join(output, 'tandem');
  const topologies: Topology[] = [];
  for (const file of topologyFiles(folder, io.directory))
    topologies.push(await readTopology(readInput(file, io.directory).text));
  if (topologies.length === 0)
    throw new UserError(`no deployment in ${folder}; run the synth first, or name its output with --output`);
  const made = initializeSecrets({ directory: io.directory, topologies, files });
  if (made.length === 0) io.out('no deployment has a secret\n');
  for (const { deployment, file, added, kept, unknown } of made) {
    io.out(`${deployment}: ${path.relative(io.directory, file)} (${added.length} new, ${kept.length} kept)\n`);
    for (const name of added) io.out(`  new      ${name}\n`);
    for (const name of unknown) io.out(`  unknown  ${name}\n`);
  }
  return EXIT.clean;
}

function topologyFiles(folder: string, directory: string): readonly string[] {
  const place = path.resolve(directory, folder);
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .sort()
    .map((name) => path.join(folder, name, 'topology.json'))
    .filter((file) => existsSync(path.resolve(directory, file)));
}
