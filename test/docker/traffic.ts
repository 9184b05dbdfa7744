import path from 'node:path';
import { within } from './engine';
import type { Project } from './project';

/** What clients saw. */
export interface Seen {
  readonly written: number;
  /** Numbers of writes that were refused, or not answered. */
  readonly refused: readonly string[];
  /** Reads that were refused, by host. */
  readonly unread: readonly string[];
}

/**
 * Clients in the network of the containers: one writes numbered entries to a server without trying again, and reads the
 * suffix on each server after every write.
 */
export class Traffic {
  private static count = 0;
  private readonly name: string;

  private constructor(
    private readonly project: Project,
    private readonly prefix: string,
  ) {
    this.name = `tandem-traffic-${(Traffic.count += 1)}`;
  }

  static async start(project: Project, writer: string, suffix: string): Promise<Traffic> {
    const traffic = new Traffic(project, `t${Traffic.count}-`);
    await traffic.run(writer, suffix);
    await within(20, 'the first write', async () => (await traffic.lines()).length > 5);
    return traffic;
  }

  /** Ends the clients, after the write that is under way. */
  async stop(): Promise<Seen> {
    await this.project.docker(['stop', '-t', '60', this.name], 90);
    const lines = (await this.lines()).map((line) => line.split(' '));
    await this.project.docker(['rm', '-f', this.name]);
    const writes = lines.filter(([kind]) => kind === 'write');
    return {
      written: writes.filter(([, , status]) => status === '0').length,
      refused: writes.filter(([, , status]) => status !== '0').map(([, number, status]) => `${number}: ${status}`),
      unread: lines
        .filter(([kind, , status]) => kind === 'read' && status !== '0')
        .map(([, host, status]) => `${host}: ${status}`),
    };
  }

  /** Names of the entries that were acknowledged begin with it. */
  get names(): string {
    return this.prefix;
  }

  private async run(writer: string, suffix: string): Promise<void> {
    const { project } = this;
    const { topology } = project;
    const hosts = topology.hosts.map(({ name, interfaces }) => ({ name, address: interfaces[0]?.address ?? '' }));
    const authority = path.join(project.folder, `${topology.name}.certificates`, 'ca.pem');
    const [image = ''] = (
      await project.docker(['inspect', '-f', '{{.Config.Image}}', project.container(writer)])
    ).split('\n');
    const [network = ''] = (
      await project.docker([
        'inspect',
        '-f',
        '{{range $k, $v := .NetworkSettings.Networks}}{{$k}}{{"\\n"}}{{end}}',
        project.container(writer),
      ])
    ).split('\n');
    await project.docker([
      ...['run', '-d', '--init', '--name', this.name, '--network', network, '--entrypoint', 'sh'],
      ...hosts.flatMap(({ name, address }) => ['--add-host', `${name}:${address}`]),
      ...['-v', `${authority}:/ca.pem:ro`, '-e', 'LDAPTLS_CACERT=/ca.pem', '-e', 'LDAPTLS_REQCERT=demand'],
      ...[image, '-c', LOOP, 'sh', writer, suffix, project.password, this.prefix, ...hosts.map(({ name }) => name)],
    ]);
  }

  private async lines(): Promise<readonly string[]> {
    return (await this.project.docker(['logs', this.name])).split('\n').filter(Boolean);
  }
}

const LOOP = `writer=$1 suffix=$2 password=$3 prefix=$4
shift 4
number=0
stopping=
trap 'stopping=yes' TERM
while [ -z "$stopping" ]; do
  number=$((number + 1))
  printf 'dn: cn=%s%s,%s\\nobjectClass: device\\ncn: %s%s\\n' "$prefix" "$number" "$suffix" "$prefix" "$number" |
    timeout 10 ldapadd -x -H "ldaps://$writer" -D "cn=admin,$suffix" -w "$password" >/dev/null 2>&1
  echo "write $number $?"
  for host; do
    timeout 10 ldapsearch -x -LLL -H "ldap://$host" -s base -b "$suffix" 1.1 >/dev/null 2>&1
    echo "read $host $?"
  done
done
`;
