import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App, TerraformResource, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

/** The files of each host of each deployment, by host and path. */
export type Contents = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

/** Connects to one host and runs as many steps as a host and its half of a cluster have in an `SshTarget`. */
const STEPS = 8;

/**
 * What cdktf itself costs: a stack for each deployment, a resource for each host with the same file contents as literals,
 * a connection and steps, and the same files for people to read, written as plainly as it can be done.
 */
export function bareSynth(outdir: string, contents: Contents): void {
  const app = new App({ outdir });
  for (const [deployment, hosts] of Object.entries(contents)) {
    const stack = new TerraformStack(app, deployment);
    for (const [host, files] of Object.entries(hosts)) new HostData(stack, host, files);
  }
  app.synth();
  for (const [deployment, hosts] of Object.entries(contents)) {
    for (const [host, files] of Object.entries(hosts)) {
      writeFiles(join(outdir, 'tandem', deployment, 'hosts', host), files);
    }
  }
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

class HostData extends TerraformResource {
  constructor(
    scope: Construct,
    private readonly host: string,
    private readonly files: Readonly<Record<string, string>>,
  ) {
    super(scope, host, {
      terraformResourceType: 'terraform_data',
      terraformGeneratorMetadata: { providerName: 'terraform' },
      connection: { type: 'ssh', host, user: 'root' },
      provisioners: Array.from({ length: STEPS }, (_, step) => ({
        type: 'remote-exec',
        inline: [`/bin/sh /run/apply step-${step}`],
      })),
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const literals = Object.entries(this.files).map(([name, text]) => [name, literal(text)]);
    return { triggers_replace: { host: this.host, files: Object.fromEntries(literals) as Record<string, string> } };
  }
}

/** Terraform would read them as the start of a template. */
function literal(text: string): string {
  return text.replaceAll('${', () => '$${').replaceAll('%{', () => '%%{');
}
