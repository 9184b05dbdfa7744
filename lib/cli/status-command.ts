import type { Command } from 'commander';
import type { StatusOptions } from './commands/status';
import type { Io } from './io';
import { withDirectoryOptions } from './directory-options';
import { withDockerOption, withRemoteOptions } from './remote-options';

const EXAMPLES = `
Examples:
  tandem status groupware
      what runs where, and what is wrong; ssh(1) of this machine reaches the hosts
  tandem status groupware --watch
      the same again and again until Ctrl-C, with the progress of a resynchronisation
  tandem status groupware --json | jq -r '.findings[].problem'
  tandem status groupware --prometheus /var/lib/prometheus/node-exporter/tandem.prom
      from cron or a timer, for the textfile collector of node-exporter
  tandem status groupware --alert-rules tandem-rules.yml
      what Prometheus shall alert on; hosts are not asked
  tandem status mail --docker
      hosts that are containers of the usual daemon

Nothing is changed on the hosts. Exit codes: 0 all is well; 1 degraded: it serves, but one more fault may end it;
2 wrong command line or a file that cannot be read or written; 3 failed: something is not served, or data is in danger;
4 something could not be seen, and what was seen is well. With --watch that of the last look.`;

/** The command that looks at what runs. */
export function addStatusCommand(program: Command, io: Io, done: (code: number) => void): void {
  withDirectoryOptions(
    withDockerOption(
      withRemoteOptions(
        program
          .command('status')
          .description(
            'look at a running deployment: nodes, groups, replication, directories, mail, load balancers, files, dumps, clocks',
          )
          .argument('<deployment>', 'its name, or a topology.json that a synth wrote')
          .option('--json', 'print JSON; with --watch one line for each look')
          .option('--watch [seconds]', 'look again after some seconds (5), until Ctrl-C')
          .option('--count <number>', 'with --watch: end after so many looks')
          .option('--prometheus <file>', 'also write metrics for node-exporter')
          .option('--alert-rules <file>', 'only write alert rules for Prometheus; - is standard output'),
      ),
    ),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (deployment: string, options: StatusOptions) => {
      const { statusCommand } = await import('./commands/status.js');
      done(await statusCommand(deployment, options, io));
    });
}
