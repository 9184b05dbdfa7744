import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App, TerraformResource, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

/** The files of each host, by host and path. */
export type Contents = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What cdktf itself costs: one resource for each host with the same file contents as literals, and nothing else. */
export function bareApp(outdir: string, contents: Contents): App {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'bare');
  for (const [host, files] of Object.entries(contents)) new HostData(stack, host, { files });
  return app;
}

/** Writes the same files for people to read, as plainly as it can be done. */
export function writeFiles(folder: string, contents: Contents): void {
  const made = new Set<string>();
  for (const [host, files] of Object.entries(contents)) {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, host, name);
      const directory = dirname(path);
      if (!made.has(directory)) {
        mkdirSync(directory, { recursive: true });
        made.add(directory);
      }
      writeFileSync(path, content);
    }
  }
}

class HostData extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly input: object,
  ) {
    super(scope, id, {
      terraformResourceType: 'terraform_data',
      terraformGeneratorMetadata: { providerName: 'terraform' },
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.input };
  }
}
