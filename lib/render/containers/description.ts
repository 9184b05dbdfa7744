import type { Milliseconds } from '../../topology/units';

/** A file or folder of the machine that runs the daemon, which a container may only read. */
export interface BindMount {
  /** Absolute, or relative to the folder of the project. */
  readonly source: string;
  readonly target: string;
}

/** What outlives a container. */
export interface VolumeMount {
  /** Name of the volume, unique on a daemon. */
  readonly name: string;
  readonly target: string;
}

/** A command that shows whether a container serves; times as Docker's `HEALTHCHECK` has them. */
export interface HealthCheck {
  /** The program and its arguments; no shell reads them. */
  readonly command: readonly string[];
  readonly interval: Milliseconds;
  readonly timeout: Milliseconds;
  readonly retries: number;
  readonly startPeriod: Milliseconds;
}

/** A host as a container; Terraform and compose.yaml are made from it, so they cannot differ. */
export interface ContainerDescription {
  /** The host that it stands for, as `uname -n` prints it inside. */
  readonly host: string;
  /** Name of the container, unique on a daemon. */
  readonly name: string;
  readonly image: string;
  /** Sorted by network. */
  readonly networks: readonly { readonly network: string; readonly address: string }[];
  /** Lines of `/etc/hosts`, sorted by name. */
  readonly extraHosts: readonly { readonly name: string; readonly address: string }[];
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly VolumeMount[];
  /** In the order of their targets. */
  readonly binds: readonly BindMount[];
  /** Folders in memory; values of secrets pass through them. */
  readonly memory: readonly string[];
  readonly capabilities: { readonly add: readonly string[]; readonly drop: readonly string[] };
  /** A first process that reaps what daemons leave behind. */
  readonly init: true;
  readonly openFiles: number;
  readonly restart: 'unless-stopped';
  readonly health: HealthCheck;
  readonly stopTimeout: Milliseconds;
}

/** A Tandem network as a bridge of Docker. */
export interface NetworkDescription {
  readonly name: string;
  /** For instance `192.0.2.0/24`. */
  readonly subnet: string;
  /** Address of the daemon's machine on the bridge; absent where every address is taken. */
  readonly gateway?: string;
  /** Where Docker takes addresses from that nobody asked for; absent where no block is free. */
  readonly pool?: string;
}

/** The containers of one daemon. */
export interface DaemonDescription {
  /** Name and tag; the tag changes with what the image is built from. */
  readonly image: string;
  /** Sorted by name. */
  readonly networks: readonly NetworkDescription[];
  /** Names of volumes, sorted. */
  readonly volumes: readonly string[];
  /** In the order of the hosts. */
  readonly containers: readonly ContainerDescription[];
}
