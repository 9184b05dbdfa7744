import type { Command } from 'commander';

/** What every command that works on running directory servers is told. */
export interface DirectoryOptions {
  /** Where the synth wrote. */
  readonly output: string;
  /** A variable file with the passwords. */
  readonly secrets?: string;
  /** Certificates of the authorities. */
  readonly ca?: string;
}

/** Gives a command the options of all commands that work on running directory servers. */
export function withDirectoryOptions(command: Command): Command {
  return command
    .option(
      '--secrets <file>',
      "variable file with passwords of directories' administrators; else DEPLOYMENT.secrets.tfvars.json",
    )
    .option('--ca <file>', 'certificates of the authorities of directory servers; else DEPLOYMENT.certificates/ca.pem');
}
