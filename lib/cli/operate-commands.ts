import type { Command } from 'commander';
import type { RefillOptions } from './commands/refill';
import type { RejoinOptions } from './commands/rejoin';
import type { RepairOptions } from './commands/repair';
import type { RestoreOptions } from './commands/restore';
import type { SwitchOptions } from './commands/switch';
import type { Io } from './io';
import { withDirectoryOptions } from './directory-options';
import { withDockerOption, withRemoteOptions } from './remote-options';

const CODES = `
Exit codes: 0 done, or nothing to do; 1 refused with nothing changed, or not come to its end; 2 wrong command line;
130 stopped by Ctrl-C. What was seen last and what to do next stands on standard error.`;

const SWITCH_EXAMPLES = `
Examples:
  tandem switch groupware --to ox2
      hands all groups to ox2, after a look whether both nodes are well
  tandem switch groupware --to ox2 --group mail
      only this group, and what heartbeat can not move without it
  tandem switch groupware --forced --to ox2
      ox1 is dead: shows what it costs to go on with the data of ox2, and asks
  tandem switch groupware --forced --to ox2 --confirm-off ox1
      ox1 does not answer, and you have seen that it is off
  tandem switch groupware --forced --to ox2 --fence
      ox1 does not answer: its fencing device switches it off first
  tandem switch directories --to ldap2
      ldap2 becomes master of its directory; ldap1 finishes its writes first, and becomes a mirror
  tandem switch directories --forced --to ldap2
      ldap1 does not answer: says who holds what and what may be lost, and asks
  tandem switch mail --mail mx1 --to host2 --docker
      for work on host1: mx1 finishes its deliveries, and host2 delivers what comes to lie in its queue
  tandem switch mail --mail mx1 --to host1 --docker
      the way back
  tandem switch mail --forced --site dr
      the primary site is lost: masters of directories first, then mail and load balancers, each step with what it found
  tandem switch mail --site primary
      the way back: masters that returned become mirrors first, then the master moves, then queues are delivered
${CODES}`;

const REPAIR_EXAMPLES = `
Examples:
  tandem repair split-brain groupware --discard ox1 --show
      shows what each side has that the other lacks, and changes nothing
  tandem repair split-brain groupware --discard ox1 --save /var/tmp/discarded
      saves what ox1 has below that directory on ox1, then makes ox1 a copy of ox2
${CODES}`;

const REJOIN_EXAMPLES = `
Examples:
  tandem rejoin directories ldap1 --show
      keeps what ldap1 has and nobody else got as LDIF, and changes nothing on the servers
  tandem rejoin directories ldap1
      the same, then moves its databases away on its host, and lets it fetch everything from the master
  tandem rejoin directories ldap1 --docker host1=ssh://root@dock1 host2=ssh://root@dock2
      where its hosts are containers of these daemons
${CODES}`;

const REFILL_EXAMPLES = `
Example:
  tandem refill directories ldap3 --from ldap1
      ldap3 says that it has every change and holds other data: moves its databases away on its host and lets it fetch
      everything anew; ends when it holds what ldap1 holds
${CODES}`;

const RESTORE_EXAMPLES = `
Examples:
  tandem restore groupware --show
      lists all dumps on all hosts, with their age, and changes nothing
  tandem restore groupware
      both disks are lost: makes them anew and fills each store from its newest dump
  tandem restore groupware --service slapd --from ox2:latest --replace
      one store from the newest dump on ox2; what it holds is moved aside
  tandem restore directories --directory people --replace
      the newest dump into the master, all others fetch it; what they hold is moved aside
${CODES}`;

/** The commands that change what runs. */
export function addOperateCommands(program: Command, io: Io, done: (code: number) => void): void {
  withDirectoryOptions(
    withDockerOption(
      withRemoteOptions(
        program
          .command('switch')
          .description(
            'let another node run the groups, another server be master of a directory, another host serve the queue of a mail server, or another site serve: planned, or forced when one is lost',
          )
          .argument('<deployment>', 'its name, or a topology.json that a synth wrote')
          .option(
            '--to <node>',
            'the node that shall run them, the server that shall be master, or the host for a queue',
          )
          .option('--site <name>', 'instead of --to: the site that shall serve; primary is the primary one')
          .option('--group <name>', 'one group, instead of all of the cluster')
          .option('--directory <name>', 'the directory, where the server is a member for several')
          .option('--mail <server>', 'the mail server whose queue moves: to the host of its peer, or back to its own')
          .option(
            '--forced',
            'the other node, the master, the owner of the queue or the other site is dead or given up: go on with what is left',
          )
          .option('--cut-off', 'with --site and --forced: the other site answers here, and its clients do not reach it')
          .option('--confirm-off <node>', 'with --forced: you have seen that this node is off')
          .option('--fence', 'with --forced: switch the other node off by its fencing device first')
          .option('--accept-inconsistent', 'with --forced: promote even a copy whose resync was cut off')
          .option('--accept-loss', 'with --forced: take a server that lacks changes which another member has')
          .option('--timeout <seconds>', 'when it counts as stuck; else it comes from the members of the groups')
          .option('--yes', 'do not ask'),
      ),
    ),
  )
    .addHelpText('after', SWITCH_EXAMPLES)
    .action(async (deployment: string, options: SwitchOptions) => {
      const { switchCommand } = await import('./commands/switch.js');
      done(await switchCommand(deployment, options, io));
    });
  withDirectoryOptions(
    withDockerOption(
      withRemoteOptions(
        program
          .command('rejoin')
          .description('a server that was master has returned: keep what it alone has, and make it a mirror')
          .argument('<deployment>', 'its name, or a topology.json that a synth wrote')
          .argument('<server>', 'the directory server')
          .option('--directory <name>', 'the directory, where the server is a member for several')
          .option('--save <file>', 'what it alone has, as LDIF; else DEPLOYMENT-SERVER-TIME.ldif')
          .option('--show', 'keep what it alone has, and change nothing')
          .option('--timeout <seconds>', 'how long it may take to fetch everything', '600')
          .option('--yes', 'do not ask'),
      ),
    ),
  )
    .addHelpText('after', REJOIN_EXAMPLES)
    .action(async (deployment: string, server: string, options: RejoinOptions) => {
      const { rejoinCommand } = await import('./commands/rejoin.js');
      done(await rejoinCommand(deployment, server, options, io));
    });
  withDirectoryOptions(
    withDockerOption(
      withRemoteOptions(
        program
          .command('refill')
          .description('a copy of a directory differs though it has every change: let the server fetch everything anew')
          .argument('<deployment>', 'its name, or a topology.json that a synth wrote')
          .argument('<server>', 'the directory server whose copy is given up')
          .requiredOption('--from <server>', 'the server whose copy counts')
          .option('--directory <name>', 'the directory, where both servers have several')
          .option('--timeout <seconds>', 'how long it may take to fetch everything', '600')
          .option('--yes', 'do not ask'),
      ),
    ),
  )
    .addHelpText('after', REFILL_EXAMPLES)
    .action(async (deployment: string, server: string, options: RefillOptions) => {
      const { refillCommand } = await import('./commands/refill.js');
      done(await refillCommand(deployment, server, options, io));
    });
  const repair = program.command('repair').description('mend what needs a decision');
  withRemoteOptions(
    repair
      .command('split-brain')
      .description('both nodes wrote while they were apart: keep one side, discard the other')
      .argument('<deployment>', 'its name, or a topology.json that a synth wrote')
      .requiredOption('--discard <node>', 'the node whose changes since the split are given up')
      .option('--resource <name>', 'one DRBD resource, instead of all that are split')
      .option('--save <directory>', 'keep a copy of the discarded file systems below this directory of that node')
      .option('--show', 'only show what each side has')
      .option('--timeout <seconds>', 'how long the resync may take', '3600')
      .option('--yes', 'do not ask'),
  )
    .addHelpText('after', REPAIR_EXAMPLES)
    .action(async (deployment: string, options: RepairOptions) => {
      const { repairSplitBrainCommand } = await import('./commands/repair.js');
      done(await repairSplitBrainCommand(deployment, options, io));
    });
  withDirectoryOptions(
    withRemoteOptions(
      program
        .command('restore')
        .description('fill stores or a directory from their dumps, on new disks where the old ones are lost')
        .argument('<deployment>', 'its name, or a topology.json that a synth wrote')
        .option('--service <name>', 'one service, instead of all that have a dump')
        .option('--directory <name>', 'a directory, on all of its servers')
        .option('--from <node:file>', 'dump of that service or directory: NODE:FILE, NODE:latest or latest', 'latest')
        .option('--on <node>', 'where it is done; else the preferred node of the group')
        .option('--replace', 'move aside what a store holds, instead of refusing')
        .option('--show', 'only list the dumps')
        .option(
          '--timeout <seconds>',
          'how long the start may take, or fetching everything; else it comes from the stack',
        )
        .option('--yes', 'do not ask'),
    ),
  )
    .addHelpText('after', RESTORE_EXAMPLES)
    .action(async (deployment: string, options: RestoreOptions) => {
      const { restoreCommand } = await import('./commands/restore.js');
      done(await restoreCommand(deployment, options, io));
    });
}
