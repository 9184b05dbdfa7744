import { Command } from 'commander';
import type { SecretsInitOptions } from './commands/secrets';
import type { CheckOptions } from './commands/check';
import type { PredictOptions } from './commands/predict';
import { addCertificatesCommand } from './certificates-command';
import { addMembershipCommands } from './membership-commands';
import { addOperateCommands } from './operate-commands';
import { addStatusCommand } from './status-command';
import { version } from './version';
import type { Io } from './io';

const CHECK_EXAMPLES = `
Examples:
  tandem check --drbd /etc/drbd.conf --ha /etc/ha.d/ha.cf --haresources /etc/ha.d/haresources --authkeys /etc/ha.d/authkeys
      judges the configuration of a node
  tandem check --drbd drbd.conf --ha ha.cf --haresources haresources --to-typescript stacks/adopted.ts
      also writes a stack with the same settings
  tandem check cdktf.out/tandem/groupware/topology.json
      judges a deployment that was synthesized

Exit codes: 0 no errors, 1 errors, 2 wrong command line or a file that cannot be read or written.`;

const PREDICT_EXAMPLES = `
Examples:
  tandem predict groupware
      what every single fault does to each service of cdktf.out/tandem/groupware
  tandem predict groupware --fault node-power-cut:hq/ox1
      the timeline of one fault; --json without --fault lists the ids
  tandem predict groupware --fault network-cut:hq/link --fault node-power-cut:hq/ox1
      faults that follow each other
  tandem predict groupware --switch-took 41 --switch-took 38
      with the step times of machines on which planned switches took 41 s there and 38 s back
  tandem predict people --lost ldap1 --lost ldap3
      who still takes writes, and whose changes get to whom; --cut-off while the line to them is cut`;

const RULES_EXAMPLES = `
Examples:
  tandem rules
  tandem rules --json | jq -r '.[] | select(.severity == "error").id'`;

const SECRETS_EXAMPLES = `
Example:
  npx cdktf synth && tandem secrets init
      writes <deployment>.secrets.tfvars.json for its owner alone; values that exist stay
  tandem secrets init --files
      also <deployment>.secrets/, a file for each secret, which containers of compose.yaml read`;

const EXAMPLES = `
Examples:
  tandem check --drbd drbd.conf --ha ha.cf --haresources haresources
  tandem predict groupware
  tandem status groupware
  tandem switch groupware --to ox2
  tandem rules
  tandem secrets init
  tandem certificates init directories

'tandem help COMMAND' shows the options of a command.`;

/** The command line. Each command loads what it needs when it runs; `done` gets its exit code. */
export function buildProgram(io: Io, done: (code: number) => void): Command {
  const program = new Command('tandem')
    .description('Checks highly available directory and mail deployments, and works on what a synth wrote')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .option('--verbose', 'show a stack trace when something unexpected fails')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) });
  program
    .command('check')
    .description('find what is wrong with a design or with files that exist')
    .argument('[topology]', 'a topology.json that a synth wrote')
    .option('--drbd <file>', 'drbd.conf of DRBD 0.7 to 9; what it includes is read too')
    .option('--ha <file>', 'ha.cf of Heartbeat')
    .option('--haresources <file>', 'haresources of Heartbeat')
    .option('--authkeys <file>', 'authkeys of Heartbeat; its keys are not shown')
    .option('--json', 'print JSON')
    .option('--to-typescript [file]', 'write a stack with the same settings, to standard output without a file')
    .addHelpText('after', CHECK_EXAMPLES)
    .action(async (topology: string | undefined, options: CheckOptions) => {
      const { checkCommand } = await import('./commands/check.js');
      done(await checkCommand(topology, options, io));
    });
  program
    .command('predict')
    .description('tell what faults do to the services of a deployment, and how long')
    .argument('<deployment>', 'its name, or a topology.json that a synth wrote')
    .option('--fault <id>', 'one fault with its timeline; several follow each other', collected, [])
    .option(
      '--switch-took <seconds>',
      'interruption of a measured planned switch of the first group; of several the mean',
      collected,
      [],
    )
    .option('--lost <server>', 'a directory server that ends; of several all at once', collected, [])
    .option(
      '--cut-off <server>',
      'a directory server that no other one reaches; several still reach each other',
      collected,
      [],
    )
    .option('--directory <name>', 'the directory, where those servers have several')
    .option('--output <directory>', 'where the synth wrote', 'cdktf.out')
    .option('--json', 'print JSON')
    .addHelpText('after', PREDICT_EXAMPLES)
    .action(async (deployment: string, options: PredictOptions) => {
      const { predictCommand } = await import('./commands/predict.js');
      done(await predictCommand(deployment, options, io));
    });
  addStatusCommand(program, io, done);
  program
    .command('rules')
    .description('list all rules')
    .option('--json', 'print JSON, with the reason for each rule')
    .addHelpText('after', RULES_EXAMPLES)
    .action(async (options: { readonly json?: boolean }) => {
      const { rulesCommand } = await import('./commands/rules.js');
      done(rulesCommand(options, io));
    });
  const secrets = program.command('secrets').description('work on the values of secrets');
  secrets
    .command('init')
    .description('give each secret of each deployment a random value, where it has none')
    .option('--output <directory>', 'where the synth wrote', 'cdktf.out')
    .option('--files', 'also write each value into a file of its own below <deployment>.secrets, for Compose')
    .addHelpText('after', SECRETS_EXAMPLES)
    .action(async (options: SecretsInitOptions) => {
      const { secretsInitCommand } = await import('./commands/secrets.js');
      done(await secretsInitCommand(options, io));
    });
  addCertificatesCommand(program, io, done);
  addOperateCommands(program, io, done);
  addMembershipCommands(program, io, done);
  return program;
}

/** An option that may be given several times. */
function collected(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
