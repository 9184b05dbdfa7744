import type { Command } from 'commander';
import { dockerExec } from '../operate/remote/docker-exec';
import { openSsh } from '../operate/remote/open-ssh';
import type { Remote } from '../operate/remote/remote';
import type { Topology } from '../topology/topology';
import type { Io } from './io';
import { UserError } from './user-error';

/** What every command that works on running hosts is told. */
export interface RemoteOptions {
  /** Where the synth wrote. */
  readonly output: string;
  readonly user?: string;
  readonly sshConfig?: string;
  /** Hosts are containers: addresses of daemons, each for the hosts before its '=' or for all; true for the user's own. */
  readonly docker?: true | readonly string[];
}

/** Gives a command the options of all commands that work on running hosts. */
export function withRemoteOptions(command: Command): Command {
  return command
    .option('--output <directory>', 'where the synth wrote', 'cdktf.out')
    .option('--user <name>', 'who logs in; anybody but root needs sudo without a password', 'root')
    .option('--ssh-config <file>', "configuration of ssh(1), instead of the user's own");
}

/** Gives a command that works on hosts which may be containers the option that says so. */
export function withDockerOption(command: Command): Command {
  return command.option(
    '--docker [daemon...]',
    'hosts are containers, reached by docker exec: of the usual daemon, or of those named as HOST=ssh://root@dock1',
  );
}

/** The hosts of a deployment. @throws UserError for a daemon of a host that is none */
export function remoteOf(topology: Topology, options: RemoteOptions, io: Io): Remote {
  if (io.remote) return io.remote(topology);
  if (options.docker) return dockerExec(topology, { endpointOf: endpoints(topology, options.docker) });
  return openSsh(topology, { user: options.user, configFile: options.sshConfig });
}

function endpoints(topology: Topology, daemons: true | readonly string[]): (host: string) => string | undefined {
  const named = new Map<string, string>();
  let usual: string | undefined;
  for (const word of daemons === true ? [] : daemons) {
    const [, host, endpoint = ''] = /^(?:([^=:/]+)=)?(.+)$/.exec(word) ?? [];
    if (!/^(unix|ssh|tcp):\/\//.test(endpoint))
      throw new UserError(
        `--docker takes addresses as ssh://root@dock1, for one host as HOST=ssh://root@dock1, got '${word}'`,
      );
    if (host === undefined) usual = endpoint;
    else if (topology.hosts.some(({ name }) => name === host)) named.set(host, endpoint);
    else throw new UserError(`--docker names ${host}, which is no host of ${topology.name}`);
  }
  return (host) => named.get(host) ?? usual;
}
