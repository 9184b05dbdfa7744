import { strict as assert } from 'node:assert';
import { within } from './engine';
import type { Project } from './project';

/** Waits until Docker calls every container of a project healthy. */
export async function healthy(project: Project, limit: number): Promise<void> {
  const states = async (): Promise<readonly string[]> =>
    (
      await project.docker([
        ...['inspect', '-f', '{{.Name}} {{.State.Health.Status}}'],
        ...project.topology.hosts.map(({ name }) => project.container(name)),
      ])
    )
      .trim()
      .split('\n');
  await within(limit, 'all containers healthy', async () =>
    (await states()).every((line) => line.endsWith(' healthy')),
  );
}

/** The directory of a project, as clients in its containers see it. */
export class DirectoryView {
  constructor(
    private readonly project: Project,
    readonly suffix: string,
  ) {}

  get hosts(): readonly string[] {
    return this.project.topology.hosts.map(({ name }) => name);
  }

  /** Waits until Docker calls every container healthy. */
  healthy(limit: number): Promise<void> {
    return healthy(this.project, limit);
  }

  /** Adds the suffix at a server. */
  async addSuffix(host: string): Promise<void> {
    const [dc = ''] = /dc=([^,]+)/.exec(this.suffix)?.slice(1) ?? [];
    await this.change(
      host,
      `dn: ${this.suffix}\nchangetype: add\nobjectClass: dcObject\nobjectClass: organization\ndc: ${dc}\no: Example\n`,
    );
  }

  /** Writes as the administrator, over TLS. */
  async change(host: string, ldif: string): Promise<void> {
    await this.project.inside(
      host,
      [
        'env',
        'LDAPTLS_CACERT=/etc/ldap/tls/ca.pem',
        'ldapmodify',
        '-x',
        '-H',
        `ldaps://${host}`,
        ...this.administrator,
      ],
      ldif,
    );
  }

  /** Waits until every server shows the text as description of the suffix. */
  async allSay(text: string, limit = 20): Promise<void> {
    for (const host of this.hosts)
      await within(limit, `${host} says ${text}`, async () => (await this.show(host)).includes(`description: ${text}`));
  }

  /** Changes the description of the suffix at a server. */
  async say(host: string, text: string): Promise<void> {
    await this.change(host, `dn: ${this.suffix}\nchangetype: modify\nreplace: description\ndescription: ${text}\n`);
  }

  /** A setting of the directory's database, as the running server has it. */
  async setting(host: string, attribute: string): Promise<readonly string[]> {
    const text = await this.project.inside(host, [
      ...['ldapsearch', '-LLL', '-Q', '-Y', 'EXTERNAL', '-H', 'ldapi:///', '-o', 'ldif-wrap=no', '-b', 'cn=config'],
      ...[`(olcSuffix=${this.suffix})`, attribute],
    ]);
    return text
      .split('\n')
      .filter((line) => line.startsWith(`${attribute}: `))
      .map((line) => line.slice(attribute.length + 2));
  }

  /** Every server has these entries. */
  async assertEntries(prefix: string, number: number): Promise<void> {
    for (const host of this.hosts) {
      let found = -1;
      await within(20, `${host} has ${number} entries`, async () => {
        found = (
          await this.project.inside(host, [
            'ldapsearch',
            '-LLL',
            '-x',
            '-H',
            'ldap://127.0.0.1',
            '-E',
            'pr=100/noprompt',
            ...this.administrator,
            '-b',
            this.suffix,
            `(cn=${prefix}*)`,
            '1.1',
          ])
        )
          .split('\n')
          .filter((line) => line.startsWith('dn:')).length;
        return found === number;
      }).catch(() => assert.equal(found, number, `entries on ${host}`));
    }
  }

  private async show(host: string): Promise<string> {
    return this.project.inside(host, [
      'sh',
      '-c',
      'ldapsearch -LLL -x -H ldap://127.0.0.1 -s base -b "$1" description || :',
      'sh',
      this.suffix,
    ]);
  }

  private get administrator(): readonly string[] {
    return ['-D', `cn=admin,${this.suffix}`, '-w', this.project.password];
  }
}
