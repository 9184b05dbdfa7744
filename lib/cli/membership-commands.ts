import type { Command } from 'commander';
import type { MembershipOptions } from './commands/membership';
import { withDirectoryOptions } from './directory-options';
import type { Io } from './io';

const CODES = `
Exit codes: 0 it is so; 1 the stack or a server has to be changed first, or time is over; 2 wrong command line;
130 stopped by Ctrl-C. Nothing is changed; no ssh is needed.`;

const ADD_MIRROR_EXAMPLES = `
Examples:
  tandem add-mirror directories ldap3
      ldap3 was added to 'mirrors' in the stack, which was applied: waits until it holds what the master holds
${CODES}`;

const RETIRE_EXAMPLES = `
Examples:
  tandem switch directories --to ldap2
  tandem retire directories ldap1
      ldap1 was named in 'retiring' in the stack, which was applied: says when it may be taken out
${CODES}`;

/** The commands for members that join or leave a failover group: the stack changes, these see it through. */
export function addMembershipCommands(program: Command, io: Io, done: (code: number) => void): void {
  const command = (name: string, description: string, examples: string): Command =>
    withDirectoryOptions(
      program
        .command(name)
        .description(description)
        .argument('<deployment>', 'its name, or a topology.json that a synth wrote')
        .argument('<server>', 'the directory server')
        .option('--directory <name>', 'the directory, where the server is a member for several')
        .option('--timeout <seconds>', 'how long it may take', '600')
        .option('--output <directory>', 'where the synth wrote', 'cdktf.out'),
    ).addHelpText('after', examples);
  command('add-mirror', 'after the apply: wait until a new mirror holds everything', ADD_MIRROR_EXAMPLES).action(
    async (deployment: string, server: string, options: MembershipOptions) => {
      const { addMirrorCommand } = await import('./commands/membership.js');
      done(await addMirrorCommand(deployment, server, options, io));
    },
  );
  command('retire', 'after the apply: say when a member of a group may be taken out', RETIRE_EXAMPLES).action(
    async (deployment: string, server: string, options: MembershipOptions) => {
      const { retireCommand } = await import('./commands/membership.js');
      done(await retireCommand(deployment, server, options, io));
    },
  );
}
