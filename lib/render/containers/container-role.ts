import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import type { ConstructPath, Milliseconds } from '../../topology/units';
import type { VolumeMount } from './description';

/** A functions text of a POSIX shell, which a program of the image gets. */
export type ShellFunctions = string;

/** What a role needs of the container of a host that has it. */
export interface RoleOnHost {
  /** Constructs whose files the container gets. */
  readonly sources: readonly ConstructPath[];
  /** What outlives the container, or is shared with another one. */
  readonly volumes: readonly VolumeMount[];
  /** Names of capabilities(7) without `CAP_`. */
  readonly capabilities: readonly string[];
  /** The server whose certificate and key are mounted; absent: the role gets none. */
  readonly certificateOf?: string;
  /** Whether the certificate of the authority is mounted, also without one of the container's own. */
  readonly authorities?: boolean;
}

/**
 * One thing that a container does for its host, such as a directory server. A host has one or more of them, and each
 * runs in a loop of its own.
 */
export interface ContainerRole {
  /** For instance `directory`; part of a folder of the image. */
  readonly name: string;
  /** What the role is, behind "a container is made for a". */
  readonly title: string;
  /** Packages of Debian beside `openssl`, sorted. */
  readonly packages: readonly string[];
  /** Answers for debconf before they are installed. */
  readonly answers: readonly string[];
  /** Commands of the Dockerfile behind the installation. */
  readonly afterwards: readonly string[];
  /** How long the first start may take before Docker counts failed health checks. */
  readonly startPeriod: Milliseconds;
  /** Folder for what its programs note of what runs, below `/run`. */
  readonly run: string;
  /** `begin`, before there are files; `serve`, which sets `server`, `status`, and ends with the server. */
  readonly entryPoint: ShellFunctions;
  /**
   * `place_of_certificate`, which sets `tls` and `certificate_lines` from the uploaded bundle; absent: the role gets no
   * certificate.
   */
  readonly take?: ShellFunctions;
  /** `serves`, which says in `fault` why not. Whoever waits calls it again and again, also from before there are files. */
  readonly health: ShellFunctions;
  /** `process_file UNIT`, which prints a name in `run`; `is_server UNIT`; `answers`. */
  readonly systemctl: ShellFunctions;
  /** `reload UNIT`; absent: a server takes changes up by other means, or is started again. */
  readonly reload?: ShellFunctions;
  /** `stop UNIT`; absent: a signal stops it. */
  readonly stop?: ShellFunctions;
  /** Undefined where the host does not have the role. */
  onHost(topology: Topology, host: HostFacts): RoleOnHost | undefined;
}
