import { by } from '../topology/order';
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Topology } from '../topology/topology';
import { secretsFileName } from '../topology/secret';
import { secretsFolder, writeSecretFiles } from './secret-files';
import { SECRET_PATTERN } from './secret-variables';
import { TargetError } from './target-error';

/** What `initializeSecrets` works on. */
export interface InitializeSecretsProps {
  /** The project's folder: the files are put there, since the command line of cdktf empties `cdktf.out`. */
  readonly directory: string;
  /** The deployments whose secrets get a value. */
  readonly topologies: readonly Topology[];
  /**
   * Also writes each value into a file of its own, which containers read that Compose starts.
   * @default false
   */
  readonly files?: boolean;
}

/** What became of the variable file of one deployment. */
export interface InitializedSecrets {
  readonly deployment: string;
  /** For `cdktf deploy --var-file` and `terraform apply -var-file`. */
  readonly file: string;
  /** Names that got a value now, sorted. */
  readonly added: readonly string[];
  /** Names that had a value and kept it, sorted. */
  readonly kept: readonly string[];
  /** Names in the file that the deployment does not know, sorted. They stay. */
  readonly unknown: readonly string[];
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** 32 letters and digits are 190 bits. */
const LENGTH = 32;

/**
 * Gives every secret that has no value yet a random one, in a variable file per deployment that only its owner can read.
 * Values that exist are never changed.
 * @throws TargetError `secrets/git`, `secrets/file`, `secrets/value`; nothing is written then
 */
export function initializeSecrets(props: InitializeSecretsProps): InitializedSecrets[] {
  const plans = props.topologies
    .filter((topology) => topology.secrets.length > 0)
    .map((topology) => planFor(props.directory, topology));
  for (const { result, values } of plans) {
    if (result.added.length > 0) writePrivately(result.file, values);
    else chmodSync(result.file, 0o600);
    if (props.files) writeSecretFiles(secretsFolder(props.directory, result.deployment), values);
  }
  return plans.map(({ result }) => result);
}

function planFor(
  directory: string,
  topology: Topology,
): {
  result: InitializedSecrets;
  values: Readonly<Record<string, unknown>>;
} {
  const file = join(directory, secretsFileName(topology.name));
  const present = readValues(topology, file);
  assertIgnored(directory, topology, file);
  const names = topology.secrets.map((secret) => secret.name).sort();
  const added = names.filter((name) => !(name in present));
  const values = { ...present, ...Object.fromEntries(added.map((name) => [name, randomValue()])) };
  return {
    values: Object.fromEntries(Object.entries(values).sort(by(([name]) => name))),
    result: {
      deployment: topology.name,
      file,
      added,
      kept: names.filter((name) => name in present),
      unknown: Object.keys(present)
        .filter((name) => !names.includes(name))
        .sort(),
    },
  };
}

function readValues(topology: Topology, file: string): Record<string, unknown> {
  if (!existsSync(file)) return {};
  let values: unknown;
  try {
    values = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    values = undefined;
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new TargetError(
      topology.path,
      'secrets/file',
      'the variable file is no JSON object',
      file,
      'mend it; it is not overwritten because it may hold values that are in use',
    );
  }
  const record = values as Record<string, unknown>;
  for (const { name } of topology.secrets) {
    const value = record[name];
    if (name in record && !(typeof value === 'string' && SECRET_PATTERN.test(value))) {
      // The value itself is not shown: it may be a good password with one letter too many.
      throw new TargetError(
        topology.path,
        'secrets/value',
        `the value in ${file} must be 12 to 64 letters, digits, '.', '_' and '-'`,
        name,
        'change it, or remove its line to get a random one',
      );
    }
  }
  return record;
}

/** A file of secrets that git would take is not written. Outside of a repository there is nothing to ask. */
function assertIgnored(directory: string, topology: Topology, file: string): void {
  const git = spawnSync('git', ['check-ignore', '--quiet', '--no-index', file], { cwd: directory });
  if (git.error || git.status !== 1) return;
  throw new TargetError(
    topology.path,
    'secrets/git',
    'git does not ignore the variable file',
    file,
    "add the line '*.secrets.tfvars.json' to .gitignore",
  );
}

function writePrivately(file: string, values: object): void {
  const fresh = `${file}.new`;
  rmSync(fresh, { force: true });
  writeFileSync(fresh, `${JSON.stringify(values, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(fresh, file);
}

function randomValue(): string {
  return Array.from({ length: LENGTH }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
}
