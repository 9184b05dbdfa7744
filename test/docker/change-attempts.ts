import path from 'node:path';
import type { Project } from './project';

/** A change of the directory that a server was asked for. */
interface Attempt {
  readonly host: string;
  readonly accepted: boolean;
  /** Milliseconds since 1970, when it was asked and when it had answered. */
  readonly asked: number;
  readonly answered: number;
}

/** A client for each server of a directory, which asks its own one for changes over and over, whoever is master. */
export class ChangeAttempts {
  private constructor(
    private readonly project: Project,
    private readonly at: string,
  ) {}

  /** Starts them at the daemon of a host, which has to have a directory server. */
  static async start(project: Project, at: string, suffix: string, hosts: readonly string[]): Promise<ChangeAttempts> {
    const attempts = new ChangeAttempts(project, at);
    const { topology } = project;
    const inspect = async (format: string): Promise<string> =>
      (await project.docker(['inspect', '-f', format, project.container(at)], 60, at)).trim();
    const authority = path.join(project.folder, `${topology.name}.certificates`, 'ca.pem');
    await project.docker(
      [
        ...['run', '-d', '--init', '--name', NAME, '--entrypoint', 'sh'],
        ...['--network', await inspect('{{range $name, $_ := .NetworkSettings.Networks}}{{$name}}{{end}}')],
        ...topology.hosts.flatMap(({ name, interfaces }) => ['--add-host', `${name}:${interfaces[0]?.address ?? ''}`]),
        ...['-v', `${authority}:/ca.pem:ro`, '-e', 'LDAPTLS_CACERT=/ca.pem', '-e', 'LDAPTLS_REQCERT=demand'],
        ...[await inspect('{{.Config.Image}}'), '-c', LOOP, 'sh', suffix, project.password, ...hosts],
      ],
      60,
      at,
    );
    return attempts;
  }

  /** How often a server was asked. */
  async askedAt(host: string): Promise<number> {
    return (await this.seen()).filter((one) => one.host === host).length;
  }

  /** Changes that a server accepted, the first one first. */
  async acceptedAt(host: string): Promise<readonly Attempt[]> {
    return (await this.seen()).filter((one) => one.accepted && one.host === host);
  }

  async stop(): Promise<void> {
    await this.project.docker(['rm', '-f', NAME], 60, this.at);
  }

  private async seen(): Promise<readonly Attempt[]> {
    return (await this.project.docker(['logs', NAME], 60, this.at))
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const [host = '', result, asked, answered] = line.split(' ');
        return { host, accepted: result === '0', asked: Number(asked), answered: Number(answered) };
      });
  }
}

const NAME = 'tandem-change-attempts';

const LOOP = `suffix=$1 password=$2
shift 2
now() { echo "$(($(date +%s%N) / 1000000))"; }
ask() {
  while :; do
    asked=$(now)
    result=0
    printf 'dn: %s\\nchangetype: modify\\nreplace: postalCode\\npostalCode: %s\\n' "$suffix" "$asked" |
      timeout 3 ldapmodify -x -H "ldaps://$1" -D "cn=admin,$suffix" -w "$password" >/dev/null 2>&1 || result=$?
    echo "$1 $result $asked $(now)"
    sleep 0.2
  done
}
for host; do ask "$host" & done
wait
`;
