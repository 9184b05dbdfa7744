import { randomBytes } from 'node:crypto';
import { containerName } from '../../topology/container-name';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { markEnd } from './exit-mark';
import { runLocal, type LocalOutcome } from './local-process';
import {
  lastLines,
  MissingProgramError,
  UnreachableError,
  type Remote,
  type RemoteOptions,
  type RemoteOutcome,
} from './remote';

/** Which daemon has the container of a host. */
export interface DockerExecOptions {
  /**
   * Address of the daemon, by the name of the host, as `DOCKER_HOST` has it.
   * @default - the daemon of the user's own docker context
   */
  endpointOf(host: string): string | undefined;
}

/** The hosts of a topology as containers, through `docker exec`. */
export function dockerExec(topology: Topology, { endpointOf }: DockerExecOptions): Remote {
  return {
    async run(host: HostFacts, command: string, options: RemoteOptions = {}): Promise<RemoteOutcome> {
      const { input, progress, timeout = 30 } = options;
      const marked = markEnd(command, '', randomBytes(8).toString('hex'));
      const endpoint = endpointOf(host.name);
      const outcome = await docker(
        [
          ...(endpoint === undefined ? [] : ['--host', endpoint]),
          ...['exec', '-i', containerName(topology, host), '/bin/sh', '-c', marked.text],
        ],
        {
          input,
          timeout,
          onLine: (line) => {
            const own = marked.line(line);
            if (own !== undefined) progress?.(own);
          },
        },
      );
      const end = marked.end(outcome.stderr);
      if (end) return { ...end, stdout: outcome.stdout };
      const reason = outcome.status === null ? `no answer within ${timeout} s` : lastLines(outcome.stderr, 1).join();
      throw new UnreachableError(`${host.name}: ${reason || `docker ended with ${outcome.status}`}`);
    },
    close: () => Promise.resolve(),
  };
}

async function docker(args: readonly string[], options: Parameters<typeof runLocal>[2]): Promise<LocalOutcome> {
  try {
    return await runLocal('docker', args, options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new MissingProgramError('there is no program docker on the PATH; install the docker client', {
      cause: error,
    });
  }
}
