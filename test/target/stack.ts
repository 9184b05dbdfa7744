import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack, Testing } from 'cdktf';
import { SshTarget, type SshTargetProps } from '../../lib/target/index';
import type { TopologySource } from '../../lib/topology/source';
import { buildGroupwarePair } from '../support/pair';

/** A host key of the right layout; nobody has its other half. */
export const HOST_KEY = `ssh-ed25519 ${Buffer.concat([
  Buffer.from([0, 0, 0, 11]),
  Buffer.from('ssh-ed25519'),
  Buffer.from([0, 0, 0, 32]),
  Buffer.alloc(32, 7),
]).toString('base64')}`;

export const hostKey = { ox1: HOST_KEY, ox2: HOST_KEY };

/** One `terraform_data` resource as it stands in cdk.tf.json. */
export interface TerraformData {
  readonly depends_on?: readonly string[];
  readonly input?: unknown;
  readonly triggers_replace: {
    readonly files: Readonly<Record<string, string>>;
    readonly settings: string;
    readonly bundle: string;
    readonly [name: string]: unknown;
  };
  readonly connection: Readonly<Record<string, unknown>>;
  readonly provisioner: readonly Readonly<Record<string, Readonly<Record<string, unknown>>>>[];
  readonly lifecycle?: { readonly precondition: readonly { readonly error_message: string }[] };
}

/** The part of cdk.tf.json that targets write. */
export interface TerraformJson {
  readonly locals: Readonly<Record<string, string>>;
  readonly variable: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly resource: { readonly terraform_data: Readonly<Record<string, TerraformData>> };
}

/** A stack with one target for a deployment. */
export function stackWith(deployment: TopologySource, props: Partial<SshTargetProps> = {}): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'ox');
  new SshTarget(stack, 'ssh', { deployment, connection: { hostKey }, ...props });
  return stack;
}

/** cdk.tf.json of a stack. */
export function terraformOf(stack: TerraformStack): TerraformJson {
  return JSON.parse(Testing.synth(stack)) as TerraformJson;
}

/** cdk.tf.json of the groupware pair. */
export function groupwareTerraform(props: Partial<SshTargetProps> = {}): TerraformJson {
  return terraformOf(stackWith(buildGroupwarePair().deployment, props));
}

/** The resource of a name. */
export function resource(terraform: TerraformJson, name: string): TerraformData {
  const found = terraform.resource.terraform_data[name];
  if (!found) throw new Error(`no ${name} among ${Object.keys(terraform.resource.terraform_data).join(', ')}`);
  return found;
}

/** Runs a body with a folder that goes away afterwards. */
export function withFolder<T>(body: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-target-'));
  try {
    return body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An app that writes into a folder. */
export function appIn(folder: string, skipValidation = false): App {
  mkdirSync(folder, { recursive: true });
  return new App({ outdir: join(folder, 'cdktf.out'), skipValidation, stackTraces: false });
}

/** Every file below a folder with its text. */
export function filesBelow(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  );
}
