import { strict as assert } from 'node:assert';
import { execute, type Outcome } from '../lab/host/execute';
import { healthy } from './directory';
import type { Project } from './project';

/** A directory of 389 Directory Servers in containers, as clients see it. */
export class Ds389View {
  constructor(
    private readonly project: Project,
    readonly suffix: string,
  ) {}

  /** Waits until Docker calls every container healthy. */
  healthy(limit: number): Promise<void> {
    return healthy(this.project, limit);
  }

  /** The entry that is added under a name. */
  named(name: string): string {
    return `cn=${name},${this.suffix}`;
  }

  async addSuffix(server: string): Promise<void> {
    const [dc = ''] = /dc=([^,]+)/.exec(this.suffix)?.slice(1) ?? [];
    const { status, stderr } = await this.change(
      server,
      `dn: ${this.suffix}\nchangetype: add\nobjectClass: top\nobjectClass: domain\ndc: ${dc}\n`,
    );
    assert.equal(status, 0, stderr);
  }

  async add(server: string, name: string): Promise<void> {
    const { status, stderr } = await this.tryToAdd(server, name);
    assert.equal(status, 0, stderr);
  }

  /** Adds an entry and does not follow a referral. */
  tryToAdd(server: string, name: string): Promise<Outcome> {
    return this.change(server, `dn: ${this.named(name)}\nchangetype: add\nobjectClass: device\ncn: ${name}\n`);
  }

  async has(server: string, dn: string): Promise<boolean> {
    const { status } = await this.client(server, ['ldapsearch', '-LLL', '-s', 'base', '-b', dn, '1.1']);
    return status === 0;
  }

  /** Fingerprint of the certificate that a server shows. */
  served(server: string): Promise<string> {
    const show = `openssl s_client -connect ${server}-host:636 </dev/null 2>/dev/null | openssl x509 -noout -fingerprint`;
    return this.project.inside(`${server}-host`, ['sh', '-c', show]);
  }

  private change(server: string, ldif: string): Promise<Outcome> {
    return this.client(server, ['ldapmodify'], ldif);
  }

  /** As the administrator, by TLS, in the container of the server itself. */
  private client(server: string, [program = '', ...args]: readonly string[], input = ''): Promise<Outcome> {
    const host = `${server}-host`;
    const { password } = this.project;
    const endpoint = this.project.endpointOf(host);
    return execute(
      'docker',
      [
        ...['exec', '-i', this.project.container(host)],
        ...['env', `LDAPTLS_CACERT=/etc/tandem/ds389/${server}/tls/ca.pem`, 'LDAPTLS_REQCERT=demand'],
        ...[program, '-x', '-H', `ldaps://${host}`, '-D', 'cn=Directory Manager', '-w', password, ...args],
      ],
      { env: { DOCKER_HOST: endpoint }, timeout: 30, input },
    );
  }
}
