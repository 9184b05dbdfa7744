import { strict as assert } from 'node:assert';
import { within } from './engine';
import type { Project } from './project';

/** Waits until Docker calls every container of a project healthy. */
export async function healthy(project: Project, limit: number): Promise<void> {
  const isHealthy = async (host: string): Promise<boolean> => {
    const args = ['inspect', '-f', '{{.State.Health.Status}}', project.container(host)];
    return (await project.docker(args, 60, host)).trim() === 'healthy';
  };
  for (const { name } of project.topology.hosts) await within(limit, `${name} healthy`, () => isHealthy(name));
}

/** The directory of a project, as clients in its containers see it. */
export class DirectoryView {
  constructor(
    private readonly project: Project,
    readonly suffix: string,
  ) {}

  /** Names of the hosts of its servers. */
  get hosts(): readonly string[] {
    const { directoryServers, hosts } = this.project.topology;
    return hosts.filter(({ id }) => directoryServers.some(({ host }) => host === id)).map(({ name }) => name);
  }

  /** Waits until Docker calls every container healthy. */
  healthy(limit: number): Promise<void> {
    return healthy(this.project, limit);
  }

  /** Waits until every server is open, as the program of the health check sees it. */
  async open(limit: number): Promise<void> {
    await Promise.all(this.hosts.map((host) => this.project.inside(host, ['tandem-health', String(limit)])));
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
  async allSay(text: string, limit = 20, hosts = this.hosts): Promise<void> {
    for (const host of hosts)
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

  /** Waits until all servers hold the same, which is all that they show of every entry. */
  async allEqual(limit: number): Promise<void> {
    const [first = '', ...others] = this.hosts;
    for (const host of others)
      await within(limit, `${host} holds what ${first} holds`, async () => {
        const [one, other] = await Promise.all([first, host].map((name) => this.content(name)));
        return one !== undefined && one.includes('entryCSN: ') && one === other;
      });
  }

  /** A client that writes at a server, from inside its container, until it is refused; the moments are milliseconds. */
  async writeUntilRefused(
    host: string,
    seconds: number,
  ): Promise<{ readonly accepted: number; readonly result: number }> {
    const told = await this.project.inside(host, [
      ...['sh', '-c', UNTIL_REFUSED, 'sh', this.suffix, String(seconds), ...this.administrator],
    ]);
    const [accepted = 0, result = 0] = told.trim().split(' ').map(Number);
    return { accepted, result };
  }

  private async content(host: string): Promise<string> {
    const text = await this.project.inside(host, [
      ...['ldapsearch', '-LLL', '-x', '-H', 'ldap://127.0.0.1', '-o', 'ldif-wrap=no', ...this.administrator],
      ...['-b', this.suffix, '(objectClass=*)', '*', 'entryCSN'],
    ]);
    return text.split('\n').sort().join('\n');
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

/** Prints the moment at which the last write was accepted, and the result of the one that was not; nothing when none was. */
const UNTIL_REFUSED = `suffix=$1 seconds=$2
shift 2
now() { echo "$(($(date +%s%N) / 1000000))"; }
accepted=0
end=$(($(now) + seconds * 1000))
while [ "$(now)" -lt "$end" ]; do
  result=0
  printf 'dn: %s\\nchangetype: modify\\nreplace: postalCode\\npostalCode: %s\\n' "$suffix" "$(now)" |
    timeout 10 ldapmodify -x -H ldap://127.0.0.1 "$@" >/dev/null 2>&1 || result=$?
  [ "$result" = 0 ] || { echo "$accepted $result"; exit 0; }
  accepted=$(now)
done
`;
