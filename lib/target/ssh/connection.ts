import { Token } from 'cdktf';
import { lookup } from '../../topology/lookup';
import type { HostFacts, NetworkPurpose } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { TargetError } from '../target-error';

/** How Terraform reaches the hosts. Every record has the name of a host, as `uname -n` prints it, as its key. */
export interface SshConnection {
  /**
   * Public keys of each host, one a line: all of `/etc/ssh/ssh_host_*_key.pub`, or what `ssh-keyscan HOST` prints.
   * Terraform connects to anybody without them. It takes an ECDSA or RSA key before an Ed25519 key, so with one line of
   * several it may fail with `knownhosts: key mismatch`. May be a Terraform token.
   * @default - the Terraform variable `host_keys_<target>`, a map by host name; without a host's key nothing is done
   */
  readonly hostKey?: Readonly<Record<string, string>>;
  /**
   * Name or address of each host. May be a Terraform token, so that machines created by the same Terraform can be
   * configured.
   * @default - the host's address on an administration network, else on a service network, else its first one
   */
  readonly host?: Readonly<Record<string, string>>;
  /**
   * Who logs in. Anybody but root needs `sudo` without a password.
   * @default 'root'
   */
  readonly user?: string;
  /** @default 22 */
  readonly port?: number;
  /**
   * File with the private key, on the machine that runs Terraform. It is the default of a Terraform variable, so that
   * each operator can have another one.
   * @default - the keys of the ssh agent
   */
  readonly privateKeyFile?: string;
  /**
   * How long Terraform tries to reach a host, for instance `90s` or `5m`.
   * @default '2m'
   */
  readonly timeout?: string;
}

/** Order in which networks are tried for a host's address. */
const PURPOSES: readonly NetworkPurpose[] = ['administration', 'service', 'replication', 'heartbeat'];

/** A public key in a line of a key file or of known_hosts. */
const KEY = '(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[a-z0-9@.-]+ [A-Za-z0-9+/]+=*';

/** A connection with its defaults and proven values. */
export class ConnectionSettings {
  readonly user: string;
  private readonly hostKeys = new Map<string, string>();

  /** @throws TargetError `ssh/user`, `ssh/port`, `ssh/timeout`, `ssh/host-key` */
  constructor(
    private readonly path: string,
    private readonly props: SshConnection,
    /** Terraform variables for the private key file, and for the host keys that the stack does not hold. */
    private readonly names: { readonly privateKeyFile: string; readonly hostKeys: string },
  ) {
    this.user = this.matching('user', props.user ?? 'root', /^[a-z_][a-z0-9_-]{0,31}$/, 'is no name of a Unix user');
    this.matching('timeout', props.timeout ?? '2m', /^[1-9][0-9]{0,4}[smh]$/, 'is no time such as 90s or 5m');
    const port = props.port ?? 22;
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      throw new TargetError(path, 'ssh/port', 'connection.port must be 1 to 65535', String(port), 'correct it');
    }
    for (const [host, key] of Object.entries(props.hostKey ?? {}))
      this.hostKeys.set(host, this.parseHostKey(host, key));
  }

  /** The Terraform variables that the connection reads. */
  variables(): Record<string, object> {
    const { privateKeyFile, hostKey } = this.props;
    const keyFile = {
      type: 'string',
      description: 'file with the private key that opens the hosts',
      default: privateKeyFile,
      nullable: false,
    };
    const hostKeys = {
      type: 'map(string)',
      description:
        'public keys of each host by its name, one a line, as all of its /etc/ssh/ssh_host_*_key.pub have them',
      default: {},
      nullable: false,
    };
    return {
      ...(privateKeyFile === undefined ? {} : { [this.names.privateKeyFile]: keyFile }),
      ...(hostKey === undefined ? { [this.names.hostKeys]: hostKeys } : {}),
    };
  }

  /** The hosts that have no host key. */
  unknownHosts(hosts: readonly HostFacts[]): string[] {
    if (this.props.hostKey === undefined) return [];
    return hosts.filter((host) => !this.hostKeys.has(host.name)).map((host) => host.name);
  }

  /** Names in the records that are not among the hosts. */
  strangers(topology: Topology): string[] {
    const known = new Set(topology.hosts.map((host) => host.name));
    const given = [...this.hostKeys.keys(), ...Object.keys(this.props.host ?? {})];
    return [...new Set(given.filter((name) => !known.has(name)))].sort();
  }

  /** Where Terraform connects to. */
  address(topology: Topology, host: HostFacts): string {
    return this.props.host?.[host.name] ?? this.modelledAddress(topology, host);
  }

  /** A `connection` block. */
  block(topology: Topology, host: HostFacts): Record<string, unknown> {
    const agent = this.props.privateKeyFile === undefined;
    return {
      type: 'ssh',
      host: this.address(topology, host),
      port: this.props.port ?? 22,
      user: this.user,
      host_key: this.hostKeys.get(host.name) ?? `\${join("\\n* ", ${this.keysFromVariable(host)})}`,
      timeout: this.props.timeout ?? '2m',
      // Terraform makes its scripts writable for all, by default in /tmp: only root goes through root's home.
      ...(this.user === 'root' ? { script_path: './.tandem-%RAND%.sh' } : {}),
      agent,
      ...(agent ? {} : { private_key: `\${file(pathexpand(var.${this.names.privateKeyFile}))}` }),
    };
  }

  /** What must hold before Terraform connects: without a host key it would trust anybody. */
  preconditions(host: HostFacts): readonly object[] {
    if (this.hostKeys.has(host.name)) return [];
    return [
      {
        condition: `\${length(${this.keysFromVariable(host)}) > 0}`,
        error_message:
          `no host key of ${host.name} is known: give it in the variable ${this.names.hostKeys}, as a map from host name ` +
          `to the lines of /etc/ssh/ssh_host_*_key.pub of that host`,
      },
    ];
  }

  private keysFromVariable(host: HostFacts): string {
    return `regexall("${KEY}", lookup(var.${this.names.hostKeys}, "${host.name}", ""))`;
  }

  private modelledAddress(topology: Topology, host: HostFacts): string {
    const { network } = lookup(topology);
    for (const purpose of PURPOSES) {
      const found = host.interfaces.find((candidate) => network(candidate.network).purpose === purpose);
      if (found) return found.address;
    }
    throw new TargetError(
      this.path,
      'ssh/address',
      'the host has no address',
      host.name,
      'give it an interface, or its address in connection.host',
    );
  }

  /**
   * Lines of keys become what Terraform takes. Terraform puts a host pattern before the text and makes it a known_hosts
   * file, so every key but the first brings its own pattern.
   */
  private parseHostKey(host: string, text: string): string {
    if (Token.isUnresolved(text)) return text;
    const lines = text.split('\n').filter((line) => !/^\s*(#.*)?$/.test(line));
    const keys = lines.map((line) => {
      const found = /(?:^|\s)((?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[a-z0-9@.-]+)\s+([A-Za-z0-9+/]+={0,2})(?:\s|$)/.exec(line);
      const [, type, key] = found ?? [];
      return type !== undefined && key !== undefined && holdsKeyOf(type, key) ? `${type} ${key}` : undefined;
    });
    if (keys.length === 0 || keys.includes(undefined)) {
      throw new TargetError(
        this.path,
        'ssh/host-key',
        `the host keys of '${host}' must be lines such as 'ssh-ed25519 AAAA...'`,
        text,
        'take them from /etc/ssh/ssh_host_*_key.pub on the host',
      );
    }
    return keys.join('\n* ');
  }

  private matching(property: string, value: string, pattern: RegExp, problem: string): string {
    if (pattern.test(value)) return value;
    throw new TargetError(this.path, `ssh/${property}`, `connection.${property} ${problem}`, value, 'correct it');
  }
}

/** A key begins with its own type, with a length of four bytes before it (RFC 4253, section 6.6). */
function holdsKeyOf(type: string, key: string): boolean {
  const bytes = Buffer.from(key, 'base64');
  return bytes.length > 4 + type.length && bytes.subarray(4, 4 + type.length).toString('latin1') === type;
}
