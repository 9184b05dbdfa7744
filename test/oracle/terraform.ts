import { spawnSync } from 'node:child_process';

/** Terraform in a folder: no network, no questions, no end of patience. */
export class Terraform {
  constructor(
    private readonly program: string,
    private readonly folder: string,
  ) {}

  run(
    command: string,
    secrets: Readonly<Record<string, string>> = {},
    path = process.env['PATH'],
  ): { status: number | null; output: string } {
    const result = spawnSync(this.program, command.split(' '), {
      cwd: this.folder,
      encoding: 'utf8',
      timeout: 60_000,
      maxBuffer: 64 * 1024 * 1024,
      env: {
        PATH: path,
        HOME: this.folder,
        CHECKPOINT_DISABLE: '1',
        TF_IN_AUTOMATION: '1',
        TF_CLI_CONFIG_FILE: '/dev/null',
        ...Object.fromEntries(Object.entries(secrets).map(([name, value]) => [`TF_VAR_${name}`, value])),
      },
    });
    return { status: result.status, output: result.stdout + result.stderr };
  }
}
