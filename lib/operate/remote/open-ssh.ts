import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { addressesOf } from './addresses';

import { markEnd } from './exit-mark';
import { firstAnswer } from './first-answer';
import { runLocal, type LocalOutcome } from './local-process';
import { MissingProgramError, UnreachableError, type Remote, type RemoteOptions, type RemoteOutcome } from './remote';

/** How the hosts are reached. */
export interface OpenSshOptions {
  /**
   * Who logs in. Anybody but root needs `sudo` without a password.
   * @default 'root'
   */
  readonly user?: string;
  /**
   * Configuration of ssh(1).
   * @default - that of the user and of the machine
   */
  readonly configFile?: string;
  /**
   * Seconds that one address of a host is waited for.
   * @default 5
   */
  readonly connectTimeout?: number;
  /**
   * Directory for the sockets of connections; another one is taken where its name is too long for a socket.
   * @default - that of the system
   */
  readonly temporaryDirectory?: string;
}

/** Seconds that an unused connection stays open when nobody ends it. */
const PERSIST = 60;

/** Milliseconds after which the next address of a host is tried beside the silent one. */
const STAGGER = 1500;

/** A socket's name may have 104 bytes on some systems; ssh(1) adds 17 while it makes one. */
const SOCKET_NAME_LIMIT = 104 - 17;

/** Most bytes of a command: Linux takes 128 KiB in one argument, with the quotes that come to it. */
const COMMAND_LIMIT = 100_000;

/** A host that was reached. */
interface Connection {
  readonly destination: string;
  readonly socket: string;
}

/**
 * The hosts of a topology through the program ssh(1), so that the configuration, the agent, the known hosts and the jump
 * hosts of the administrator count. Host keys are always checked and nothing is ever asked. One connection per host is
 * shared by all commands. A command is seen by the users of its host in the list of processes: secrets go in its input.
 */
export function openSsh(topology: Topology, options: OpenSshOptions = {}): Remote {
  return new OpenSsh(topology, options);
}

class OpenSsh implements Remote {
  private readonly user: string;
  private readonly connectTimeout: number;
  private readonly folder: string;
  private readonly connections = new Map<string, Promise<Connection>>();
  /** Ends of attempts to connect that are under way. */
  private readonly attempts = new Set<Promise<void>>();
  private sockets = 0;
  private closed = false;

  constructor(
    private readonly topology: Topology,
    private readonly options: OpenSshOptions,
  ) {
    this.user = options.user ?? 'root';
    this.connectTimeout = options.connectTimeout ?? 5;
    // mkdtemp makes it for its owner alone: who can write to a control socket is root on the host.
    const usual = options.temporaryDirectory ?? tmpdir();
    const parent = path.join(usual, 'tandem-XXXXXX/1').length > SOCKET_NAME_LIMIT ? '/tmp' : usual;
    this.folder = mkdtempSync(path.join(parent, 'tandem-'));
  }

  async run(host: HostFacts, command: string, options: RemoteOptions = {}): Promise<RemoteOutcome> {
    if (this.closed) throw new Error('the connections are closed');
    if (Buffer.byteLength(command) > COMMAND_LIMIT)
      throw new Error(`a command of ${Buffer.byteLength(command)} bytes is too long; give data as its input`);
    const { destination, socket } = await this.connected(host);
    const timeout = options.timeout ?? 30;
    const marked = markEnd(command, this.user === 'root' ? '' : 'sudo -n -- ', randomBytes(8).toString('hex'));
    const { input, progress } = options;
    // Without a connection that is there nothing is run: a new one might reach another address unseen.
    const shared = ['ControlMaster=no', `ControlPath=${socket}`, 'ProxyCommand=false'].flatMap((one) => ['-o', one]);
    const onLine = (line: string): void => {
      const own = marked.line(line);
      if (own !== undefined) progress?.(own);
    };
    const outcome = await this.ssh([...shared, '--', destination, marked.text], { input, timeout, onLine });
    const end = marked.end(outcome.stderr);
    if (end) return { ...end, stdout: outcome.stdout };
    this.connections.delete(host.name);
    await this.disconnect({ destination, socket });
    throw new UnreachableError(
      outcome.status === null
        ? `${host.name}: no answer within ${timeout} s; what became of the command is not known`
        : `${host.name}: the command did not come to its end (${reason(outcome)}); what became of it is not known`,
    );
  }

  async close(): Promise<void> {
    this.closed = true;
    const open = await Promise.allSettled(this.connections.values());
    await Promise.all(this.attempts);
    this.connections.clear();
    await Promise.all(open.map((one) => (one.status === 'fulfilled' ? this.disconnect(one.value) : undefined)));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async connected(host: HostFacts): Promise<Connection> {
    const known = this.connections.get(host.name);
    if (known) {
      const connection = await known;
      if (await this.control('check', connection)) return connection;
      // Another command may have connected anew meanwhile.
      if (this.connections.get(host.name) === known) this.connections.delete(host.name);
      return this.connected(host);
    }
    const made = this.connect(host);
    this.connections.set(host.name, made);
    made.catch(() => this.connections.delete(host.name));
    return made;
  }

  private async connect(host: HostFacts): Promise<Connection> {
    const { won, settled } = firstAnswer(await this.destinations(host), {
      attempt: (destination) => this.open(destination),
      discard: (late) => this.disconnect(late),
      stagger: STAGGER,
    });
    this.attempts.add(settled);
    void settled.then(() => this.attempts.delete(settled));
    try {
      return await won;
    } catch (error) {
      const all = error instanceof AggregateError ? error.errors : [error];
      const other = all.find((one) => !(one instanceof UnreachableError));
      if (other) throw other;
      const reasons = all.map((one: Error) => one.message).join('; ');
      throw new UnreachableError(`${host.name} is not reached (${reasons || 'it has no address'})`);
    }
  }

  private async open(destination: string): Promise<Connection> {
    const connection = { destination, socket: path.join(this.folder, String((this.sockets += 1))) };
    const outcome = await this.ssh(
      [
        ...['-f', '-N', '-o', 'ControlMaster=yes', '-o', `ControlPath=${connection.socket}`],
        ...['-o', `ControlPersist=${PERSIST}`, '--', destination],
      ],
      // A jump host has its own time for the connection behind it.
      { timeout: this.connectTimeout + 15, leavesPipesOpen: true },
    );
    if (outcome.status === 0) return connection;
    throw new UnreachableError(`${destination}: ${reason(outcome)}`);
  }

  /** The host's name where the configuration of ssh(1) says what it stands for, then every address. */
  private async destinations(host: HostFacts): Promise<readonly string[]> {
    const addresses = addressesOf(this.topology, host);
    const { stdout } = await this.ssh(['-G', '--', host.name], { timeout: 10 });
    const target = /^hostname (.+)$/m.exec(stdout)?.[1] ?? host.name;
    return target === host.name ? addresses : [host.name, ...addresses.filter((address) => address !== target)];
  }

  private async disconnect(connection: Connection): Promise<void> {
    await this.control('exit', connection);
  }

  private async control(verb: 'check' | 'exit', { destination, socket }: Connection): Promise<boolean> {
    const outcome = await this.ssh(['-O', verb, '-o', `ControlPath=${socket}`, '--', destination], { timeout: 10 });
    return outcome.status === 0;
  }

  private async ssh(args: readonly string[], options: Parameters<typeof runLocal>[2]): Promise<LocalOutcome> {
    const { configFile } = this.options;
    const settings = [
      'BatchMode=yes',
      'StrictHostKeyChecking=yes',
      `ConnectTimeout=${this.connectTimeout}`,
      // A connection whose cable was cut is given up after 9 s.
      'ServerAliveInterval=3',
      'ServerAliveCountMax=3',
      'LogLevel=ERROR',
      'ClearAllForwardings=yes',
      'ForwardAgent=no',
      'ForwardX11=no',
      'PermitLocalCommand=no',
      'RemoteCommand=none',
      'RequestTTY=no',
    ];
    try {
      return await runLocal(
        'ssh',
        [
          ...(configFile === undefined ? [] : ['-F', configFile]),
          ...settings.flatMap((setting) => ['-o', setting]),
          ...['-l', this.user],
          ...args,
        ],
        options,
      );
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      throw new MissingProgramError('there is no program ssh on the PATH; install the OpenSSH client', {
        cause: error,
      });
    }
  }
}

/** Why ssh(1) failed, in one line. */
function reason({ status, stderr }: LocalOutcome): string {
  if (status === null) return 'no answer in time';
  if (/IDENTIFICATION HAS CHANGED/.test(stderr))
    return 'its host key is another one than known_hosts says; find out why before you change known_hosts';
  if (/Host key verification failed/.test(stderr))
    return 'its host key is not in known_hosts; compare it with /etc/ssh/ssh_host_*_key.pub of the host and add it';
  const lines = stderr.split('\n').map((line) => line.trim().replace(/^ssh: connect to host \S+ port \d+: /, ''));
  return lines.filter((line) => line !== '').at(-1) ?? `ssh ended with ${status}`;
}
