import type { IConstruct } from 'constructs';
import type { HostFacts } from '../../topology/site';
import { memberOf } from '../host-selection';
import type { DeploymentTarget } from '../deployment-target';
import { TargetError } from '../target-error';

/** A Docker daemon, which fails as a whole with all of its containers. */
export interface DockerDaemon {
  /**
   * Where it listens, as `DOCKER_HOST` has it, for instance `ssh://root@dock1`.
   * @default 'unix:///var/run/docker.sock'
   */
  readonly endpoint?: string;
  /**
   * The hosts that are its containers.
   * @default - all hosts of the target, where this is its only daemon
   */
  readonly hosts?: readonly IConstruct[];
  /**
   * Absolute folder on the daemon's machine with `ca.pem` and, for each server, a folder with `server.crt` and
   * `server.key`. Containers read it; nothing of it passes through Terraform.
   * @default - `DEPLOYMENT.certificates` beside the stack, which `tandem certificates init` writes
   */
  readonly certificates?: string;
  /**
   * Absolute folder on the daemon's machine with a file for each secret, read by containers that Compose starts.
   * @default - `DEPLOYMENT.secrets` beside the stack, which `tandem secrets init --files` writes
   */
  readonly secrets?: string;
}

/** A daemon with its hosts and proven values. */
export interface DaemonHosts {
  readonly name: string;
  readonly endpoint: string;
  readonly certificates?: string;
  readonly secrets?: string;
  /** Sorted by id. */
  readonly hosts: readonly HostFacts[];
}

const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;
const ENDPOINT = /^(unix:\/\/\/|ssh:\/\/|tcp:\/\/)[A-Za-z0-9_.:@/[\]-]+$/;
const FOLDER = /^\/[A-Za-z0-9_.@/+-]*[A-Za-z0-9_.@+-]$/;

/** Refuses daemons with wrong names and values: `docker/daemon`. */
export function assertDaemons(path: string, daemons: Readonly<Record<string, DockerDaemon>>): void {
  const refuse = (problem: string, value: string, remedy: string): never => {
    throw new TargetError(path, 'docker/daemon', problem, value, remedy);
  };
  if (Object.keys(daemons).length === 0) refuse('daemons names no daemon', '{}', 'name one, or leave the property out');
  for (const [name, { endpoint, certificates, secrets }] of Object.entries(daemons)) {
    if (!NAME.test(name)) refuse("the name of a daemon must be small letters, digits and '-'", name, 'rename it');
    if (endpoint !== undefined && !ENDPOINT.test(endpoint))
      refuse(`endpoint of daemon '${name}' is no address of a daemon`, endpoint, "give one as 'ssh://root@dock1'");
    for (const folder of [certificates, secrets])
      if (folder !== undefined && !FOLDER.test(folder))
        refuse(`a folder of daemon '${name}' must be an absolute path without spaces`, folder, 'correct it');
  }
}

/** Who runs where. @throws TargetError `docker/daemon`, `docker/host` */
export function daemonsOf(
  target: DeploymentTarget,
  hosts: readonly HostFacts[],
  daemons: Readonly<Record<string, DockerDaemon>>,
): readonly DaemonHosts[] {
  const topology = target.deployment.topology();
  const entries = Object.entries(daemons);
  const owners = new Map<HostFacts, string>();
  const refuse = (problem: string, value: string, remedy: string): never => {
    throw new TargetError(target.node.path, 'docker/daemon', problem, value, remedy);
  };
  const found = entries.map(([name, { endpoint, certificates, secrets, hosts: named }]): DaemonHosts => {
    if (named === undefined && entries.length > 1)
      refuse('where a target has several daemons, each must name its hosts', name, 'give it the property hosts');
    const own = named ? named.map((host) => memberOf(target, 'docker/host', 'host', topology.hosts, host)) : hosts;
    for (const host of own) {
      if (!hosts.includes(host))
        refuse(`daemon '${name}' names a host that the target does not take care of`, host.name, 'remove it');
      const other = owners.get(host);
      if (other !== undefined) refuse(`the host is on daemon '${other}' and on '${name}'`, host.name, 'keep one');
      owners.set(host, name);
    }
    return {
      name,
      endpoint: endpoint ?? 'unix:///var/run/docker.sock',
      ...(certificates === undefined ? {} : { certificates }),
      ...(secrets === undefined ? {} : { secrets }),
      hosts: hosts.filter((host) => owners.get(host) === name),
    };
  });
  const homeless = hosts.filter((host) => !owners.has(host)).map(({ name }) => name);
  if (homeless.length > 0) refuse('hosts that no daemon names', homeless.join(', '), 'add them to a daemon');
  return found;
}
