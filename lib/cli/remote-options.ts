import type { Command } from 'commander';
import { openSsh } from '../operate/remote/open-ssh';
import type { Remote } from '../operate/remote/remote';
import type { Topology } from '../topology/topology';
import type { Io } from './io';

/** What every command that works on running hosts is told. */
export interface RemoteOptions {
  /** Where the synth wrote. */
  readonly output: string;
  readonly user?: string;
  readonly sshConfig?: string;
}

/** Gives a command the options of all commands that work on running hosts. */
export function withRemoteOptions(command: Command): Command {
  return command
    .option('--output <directory>', 'where the synth wrote', 'cdktf.out')
    .option('--user <name>', 'who logs in; anybody but root needs sudo without a password', 'root')
    .option('--ssh-config <file>', "configuration of ssh(1), instead of the user's own");
}

/** The hosts of a deployment. */
export function remoteOf(topology: Topology, options: RemoteOptions, io: Io): Remote {
  if (io.remote) return io.remote(topology);
  return openSsh(topology, { user: options.user, configFile: options.sshConfig });
}
