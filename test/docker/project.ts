import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import { initializeCertificates, renewCertificates } from '../../lib/certificates/make';
import type { Deployment } from '../../lib/index';
import { DockerTarget, initializeSecrets } from '../../lib/target/index';
import type { Topology } from '../../lib/topology/topology';
import { must } from '../lab/host/execute';

/** A project of a user, in a folder that goes away, with one deployment in containers. */
export class Project {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'tandem-project-'));
  private read?: Topology;

  constructor(readonly endpoint: string) {}

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

  /** Synthesizes and gives every server a certificate and every secret a value, where it has none. */
  async synth(deployment: Deployment): Promise<void> {
    const outdir = path.join(this.folder, 'cdktf.out');
    mkdirSync(outdir, { recursive: true });
    const app = new App({ outdir, stackTraces: false });
    const stack = new TerraformStack(app, deployment.name);
    new LocalBackend(stack, { path: '../../../terraform.tfstate' });
    new DockerTarget(stack, 'docker', { deployment, daemons: { engine: { endpoint: this.endpoint } } });
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

  /** Runs docker-compose on the deployment. */
  compose(args: readonly string[], timeout = 120): Promise<string> {
    return must('docker-compose', ['--project-directory', this.deployment, '-f', this.file('compose.yaml'), ...args], {
      env: { DOCKER_HOST: this.endpoint },
      timeout,
    });
  }

  /** Runs a program in the container of a host. */
  inside(host: string, args: readonly string[], input = ''): Promise<string> {
    return must('docker', ['exec', '-i', this.container(host), ...args], {
      env: { DOCKER_HOST: this.endpoint },
      timeout: 180,
      input,
    });
  }

  /** Runs the docker client. */
  docker(args: readonly string[], timeout = 60): Promise<string> {
    return must('docker', args, { env: { DOCKER_HOST: this.endpoint }, timeout });
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
}
