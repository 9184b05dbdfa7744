import type { RenderedFile } from '../../lib/render/file';
import { renderHost } from '../../lib/render/render';
import type { HostFacts } from '../../lib/topology/site';
import type { Topology } from '../../lib/topology/topology';
import { DRBDADM } from './drbdadm';
import { heartbeatWouldAccept } from './heartbeat';
import { startOnRenderedHost, withSecrets } from './sandbox';

// Each checker that exits with a fault, or has something to say where it should be silent, prints a complaint.
const FUNCTIONS = `
complain() { echo "COMPLAINT $1"; sed 's/^/  /' /run/output; }
accepts() { what=$1; shift; "$@" >/run/output 2>&1 </dev/null || complain "$what"; }
silent() { what=$1; shift; "$@" >/run/stdout 2>/run/output </dev/null && ! [ -s /run/output ] || complain "$what"; }
set +e
`;

/** What is done about a file that a host has. */
const CHECKS: readonly (readonly [path: string, script: string])[] = [
  [
    '/etc/drbd.conf',
    `"$drbdadm" -c /etc/drbd.conf dump >/dev/null 2>/run/messages || { cp /run/messages /run/output; complain drbd.conf; }
grep -vE 'modinfo|Module drbd not found|^[[:space:]]*$' /run/messages >/run/output && complain drbd.conf`,
  ],
  [
    '/etc/ldap/slapd.ldif',
    `mkdir -p "$ldap"; chown openldap:openldap "$ldap"
silent slapd.ldif slapadd -n 0 -F "$(mktemp -d)" -l /etc/ldap/slapd.ldif`,
  ],
  [
    '/etc/postgresql/15/main/postgresql.conf',
    'accepts postgresql.conf runuser -u postgres -- /usr/lib/postgresql/15/bin/postgres -C data_directory -c config_file=/etc/postgresql/15/main/postgresql.conf',
  ],
  [
    '/etc/postfix/main.cf',
    `mkdir -p $queues
for folder in /etc/postfix /etc/postfix-*; do
  [ -e "$folder/main.cf" ] || continue
  silent "$folder/main.cf" postconf -c "$folder" -n
  silent "$folder/master.cf" postconf -c "$folder" -M
  script --quiet --return --command "postfix -c $folder check" /dev/null >/run/output 2>&1 && ! [ -s /run/output ] || complain "$folder"
done`,
  ],
  ['/etc/imapd.conf', 'silent imapd.conf /usr/lib/cyrus/bin/cyr_info conf-lint'],
  ['/etc/nftables.conf', 'accepts nftables.conf nft -c -f /etc/nftables.conf'],
  ['/etc/chrony/chrony.conf', 'accepts chrony.conf chronyd -p -f /etc/chrony/chrony.conf'],
  [
    '/etc/logrotate.d/heartbeat',
    `accepts logrotate logrotate -d -s /run/logrotate /etc/logrotate.d/heartbeat
grep -q '^error' /run/output && complain logrotate`,
  ],
];

const PROGRAMS = `
mkdir -p /run/generated
for unit in $units; do [ -e "/lib/systemd/system/$unit" ] || [ -e "/etc/systemd/system/$unit" ] || printf '[Service]\\nExecStart=/bin/true\\n' >"/run/generated/$unit"; done
SYSTEMD_UNIT_PATH=/etc/systemd/system:/run/generated:/lib/systemd/system accepts units systemd-analyze verify --man=no $units
for script in $scripts; do accepts "$script" sh -n "$script"; done
[ -z "$shapes" ] || accepts scripts shellcheck --shell=sh --exclude=SC2016 $shapes
exit 0
`;

/** Shapes of scripts that shellcheck(1) was asked about already: it takes a second for those of one host. */
const asked = new Set<string>();

/** The scripts whose shape is new. */
function newShapes(scripts: readonly RenderedFile[]): readonly RenderedFile[] {
  return scripts.filter(({ content }) => {
    const shape = shapeOf(content);
    if (asked.has(shape)) return false;
    asked.add(shape);
    return true;
  });
}

/** What shellcheck(1) sees of a script: of a value, only whether there is one, and whether it has blanks or patterns. */
function shapeOf(script: string): string {
  return script
    .replace(/^#.*$/gm, '')
    .replace(/^(\w+)=(?:'([^']*)'|(\S+))$/gm, (_line, name: string, quoted?: string, plain?: string) => {
      const value = quoted ?? plain ?? '';
      return `${name}=${value === ''} ${/\s/.test(value)} ${/[*?[]/.test(value)}`;
    });
}

/** The directories of the services of a host that its checkers want to be there. */
function directoriesIn(topology: Topology): { readonly ldap: string; readonly queues: readonly string[] } {
  const settings = topology.services.map((service) => service.settings);
  return {
    ldap: settings.find((one) => one.kind === 'openldap')?.dataDirectory ?? '',
    queues: [
      ...settings.flatMap((one) => (one.kind === 'postfix' ? [one.queueDirectory] : [])),
      ...topology.mailServers.map(({ queue }) => queue.directory),
    ],
  };
}

/** The STONITH plugins among the files of a host, by their names. */
export function pluginsOf(files: readonly RenderedFile[]): Readonly<Record<string, string>> {
  const plugins = files.filter(({ path }) => path.startsWith('/usr/lib/stonith/plugins/external/'));
  return Object.fromEntries(plugins.map(({ path, content }) => [path.slice(path.lastIndexOf('/') + 1), content]));
}

/** What the programs that own the formats have to say about the files of a host of a cluster: nothing, if all is well. */
export async function complaintsAbout(topology: Topology, host: HostFacts): Promise<readonly string[]> {
  const files = renderHost(topology, host.id);
  const { ldap, queues } = directoriesIn(topology);
  const checks = CHECKS.filter(([path]) => files.some((file) => file.path === path)).map(([, check]) => check);
  const scripts = files.filter((file) => file.checker === 'sh' && file.mode === '0755');
  const settings = [
    `units='${unitsOf(files).join(' ')}'`,
    `scripts='${pathsOf(scripts)}'`,
    `shapes='${pathsOf(newShapes(scripts))}'`,
    `drbdadm=${DRBDADM[topology.drbdVersion as '8.4' | '9']}`,
    `ldap='${ldap}'`,
    `queues='${queues.join(' ')}'`,
    ...host.interfaces.map((entry) => `ip addr add ${entry.address}/32 dev lo`),
  ];
  const text = (path: string): string => withSecrets(fileAt(files, path));
  const [result, verdict] = await Promise.all([
    startOnRenderedHost({
      topology,
      host: host.id,
      files,
      script: [...settings, FUNCTIONS, ...checks, PROGRAMS].join('\n'),
    }),
    heartbeatWouldAccept(
      {
        haCf: text('/etc/ha.d/ha.cf'),
        haresources: text('/etc/ha.d/haresources'),
        authkeys: text('/etc/ha.d/authkeys'),
        plugins: pluginsOf(files),
      },
      {
        hostname: host.name,
        interfaces: host.interfaces.map((entry) => ({
          interface: entry.name,
          address: `${entry.address}/${entry.prefixLength}`,
        })),
        serialPorts: host.serialPorts,
      },
    ),
  ]);
  const failed = result.status === 0 ? [] : [`the sandbox ended with ${result.status}: ${result.stderr}`];
  const complained = /^COMPLAINT/m.test(result.stdout) ? [result.stdout] : [];
  const silent = verdict.accepted ? [] : [...verdict.complaints, verdict.output];
  return [...failed, ...complained, ...silent];
}

const pathsOf = (files: readonly RenderedFile[]): string => files.map(({ path }) => path).join(' ');

// A template is no unit by itself.
function unitsOf(files: readonly RenderedFile[]): readonly string[] {
  const units = files.map(
    (file) => /^\/etc\/systemd\/system\/([^/]+\.(?:service|timer))(?:\.d\/|$)/.exec(file.path)?.[1],
  );
  return [...new Set(units.filter((unit) => unit !== undefined && !unit.endsWith('@.service')))] as readonly string[];
}

function fileAt(files: readonly RenderedFile[], path: string): RenderedFile {
  const found = files.find((file) => file.path === path);
  if (!found) throw new Error(`no file ${path}`);
  return found;
}
