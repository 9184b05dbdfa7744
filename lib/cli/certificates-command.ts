import type { Command } from 'commander';
import type { InitOptions, RenewOptions, ShowOptions } from './commands/certificates';
import type { Io } from './io';

const NOTE = `
The authority is one for development: its key lies in a file beside your stack. For production give each server a
certificate of your own authority, and its names as property 'certificate' of the DirectoryServer.`;

const CODES = `
Exit codes: 0 all certificates are good; 1 one is not, and the table says why; 2 wrong command line, or an authority, a
name or a file that can not be used: nothing was changed then.`;

const INIT_EXAMPLES = `
Examples:
  npx cdktf synth && tandem certificates init directories
      writes directories.certificates/: the authority, once, and what servers lack; what is good stays
  tandem certificates init directories --days 90
      certificates that are made now are valid for 90 days
${NOTE}
${CODES}`;

const RENEW_EXAMPLES = `
Examples:
  tandem certificates renew directories
      new keys and certificates for all servers; the authority stays, so that they go on to trust each other
  tandem certificates renew directories ldap1 ldap2
      for these two
${CODES}`;

const SHOW_EXAMPLES = `
Examples:
  tandem certificates show directories
      names, end and state of each certificate
  tandem certificates show directories --json | jq -r '.servers[] | select(.state != "ok").server'
${NOTE}
${CODES}`;

/** The commands that make certificates of directory servers. */
export function addCertificatesCommand(program: Command, io: Io, done: (code: number) => void): void {
  const certificates = program
    .command('certificates')
    .description('make certificates of directory servers, with an authority for development');
  const command = (name: string, description: string): Command =>
    certificates
      .command(name)
      .description(description)
      .argument('<deployment>', 'its name, or a topology.json that a synth wrote')
      .option('--output <directory>', 'where the synth wrote', 'cdktf.out');
  command('init', 'make the authority and the certificates that are missing, have expired or whose names have changed')
    .option('--days <number>', 'how long a new certificate of a server is valid', '365')
    .option('--authority-days <number>', 'how long a new authority is valid', '3650')
    .addHelpText('after', INIT_EXAMPLES)
    .action(async (deployment: string, options: InitOptions) => {
      const { initCommand } = await import('./commands/certificates.js');
      done(await initCommand(deployment, options, io));
    });
  command('renew', 'make new keys and certificates for all servers or some')
    .argument('[server...]', 'directory servers; without one all of them')
    .option('--days <number>', 'how long a new certificate is valid', '365')
    .addHelpText('after', RENEW_EXAMPLES)
    .action(async (deployment: string, servers: readonly string[], options: RenewOptions) => {
      const { renewCommand } = await import('./commands/certificates.js');
      done(await renewCommand(deployment, servers, options, io));
    });
  command('show', 'show names, end and state of all certificates, and change nothing')
    .option('--json', 'print JSON')
    .addHelpText('after', SHOW_EXAMPLES)
    .action(async (deployment: string, options: ShowOptions) => {
      const { showCommand } = await import('./commands/certificates.js');
      done(await showCommand(deployment, options, io));
    });
}
