import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import { initializeCertificates, renewCertificates } from '../../lib/certificates/make';
import { Host, type Deployment } from '../../lib/index';
import { DockerTarget, initializeSecrets, type DockerTargetProps } from '../../lib/target/index';
import type { Topology } from '../../lib/topology/topology';
import { must } from '../lab/host/execute';

/** A daemon, with the names of its hosts where there are several. */
export interface ProjectDaemon {
  readonly endpoint: string;
  readonly hosts?: readonly string[];
}

/** A project of a user, in a folder that goes away, with one deployment in containers. */
export class Project {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'tandem-project-'));
  private read?: Topology;
  private readonly daemons: Readonly<Record<string, ProjectDaemon>>;

  /** @param daemons of the deployment, or the address of its only one */
  constructor(daemons: string | Readonly<Record<string, ProjectDaemon>>) {
    this.daemons = typeof daemons === 'string' ? { engine: { endpoint: daemons } } : daemons;
  }

  get topology(): Topology {
    if (!this.read) throw new Error('nothing was synthesized');
    return this.read;
  }

  /** Folder of the deployment. */
  get deployment(): string {
    return path.join(this.folder, 'cdktf.out/tandem', this.topology.name);
  }

  /** Folder of the stack. */
  get stack(): string {
    return path.join(this.folder, 'cdktf.out/stacks', this.topology.name);
  }

  /** Synthesizes a deployment in containers of the project's daemons. */
  async synth(deployment: Deployment): Promise<void> {
    await this.synthStack((app) => {
      const stack = new TerraformStack(app, deployment.name);
      new LocalBackend(stack, { path: '../../../terraform.tfstate' });
      new DockerTarget(stack, 'docker', { deployment, daemons: this.targetDaemons(deployment) });
      return deployment;
    });
  }

  /** Synthesizes what has a target, and gives every server a certificate and every secret a value, where it has none. */
  async synthStack(add: (app: App) => Deployment): Promise<void> {
    const outdir = path.join(this.folder, 'cdktf.out');
    mkdirSync(outdir, { recursive: true });
    const app = new App({ outdir, stackTraces: false });
    const deployment = add(app);
    app.synth();
    this.read = deployment.topology();
    initializeSecrets({ directory: this.folder, topologies: [this.topology], files: true });
    const { topology, folder: directory } = this;
    await initializeCertificates({ topology, directory, now: new Date(), days: 30, authorityDays: 60 });
  }

  /** Gives a server another certificate by the same authority. */
  async renewCertificate(server: string): Promise<void> {
    const { topology, folder: directory } = this;
    await renewCertificates({ topology, directory, now: new Date(), days: 30 }, [server]);
  }

  /** The administrator's password. */
  get password(): string {
    return readFileSync(
      path.join(
        this.folder,
        `${this.topology.name}.secrets`,
        this.topology.directoryServers[0]?.administratorSecret ?? '',
      ),
      'utf8',
    );
  }

  /** Runs docker-compose on the deployment, for one of its daemons where it has several. */
  compose(args: readonly string[], timeout = 120, daemon?: string): Promise<string> {
    const file = this.file(daemon === undefined ? 'compose.yaml' : `compose.docker.${daemon}.yaml`);
    return must('docker-compose', ['--project-directory', this.deployment, '-f', file, ...args], {
      env: { DOCKER_HOST: daemon === undefined ? this.endpointOf() : this.daemons[daemon]?.endpoint },
      timeout,
    });
  }

  /** Runs a program in the container of a host. */
  inside(host: string, args: readonly string[], input = ''): Promise<string> {
    return must('docker', ['exec', '-i', this.container(host), ...args], {
      env: { DOCKER_HOST: this.endpointOf(host) },
      timeout: 180,
      input,
    });
  }

  /** Runs the docker client, at the daemon of a host where there are several. */
  docker(args: readonly string[], timeout = 60, host?: string): Promise<string> {
    return must('docker', args, { env: { DOCKER_HOST: this.endpointOf(host) }, timeout });
  }

  /** The daemon of a host. */
  endpointOf(host?: string): string {
    const daemons = Object.values(this.daemons);
    const found = daemons.find(({ hosts }) => host !== undefined && hosts?.includes(host)) ?? daemons[0];
    return found?.endpoint ?? '';
  }

  /** Names of the hosts of a daemon. */
  hostsOf(daemon: string): readonly string[] {
    return this.daemons[daemon]?.hosts ?? this.topology.hosts.map(({ name }) => name);
  }

  container(host: string): string {
    return `${this.topology.name}-${host}`;
  }

  file(name: string): string {
    return path.join(this.deployment, name);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private targetDaemons(deployment: Deployment): DockerTargetProps['daemons'] {
    const all = deployment.node.findAll().filter((construct) => construct instanceof Host);
    return Object.fromEntries(
      Object.entries(this.daemons).map(([name, { endpoint, hosts }]) => [
        name,
        { endpoint, ...(hosts ? { hosts: all.filter(({ node }) => hosts.includes(node.id)) } : {}) },
      ]),
    );
  }
}
