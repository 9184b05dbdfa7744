import { execFileSync } from 'node:child_process';
import type { RenderedFile } from '../../lib/render/file';
import { lookup } from '../../lib/topology/lookup';
import { secretMarker } from '../../lib/topology/secret';
import type { Topology } from '../../lib/topology/topology';
import type { EntityId } from '../../lib/topology/units';
import { type CommandResult, type NamespaceProps, runInNamespace, startInNamespace } from './support';

/** What runs where, and for how long. */
export interface SandboxProps {
  readonly topology: Topology;
  readonly host: EntityId;
  readonly files: readonly RenderedFile[];
  /** Commands of a POSIX shell, ended at the first that fails. */
  readonly script: string;
  /** Values for the secrets by name. @default - `secret-` and the name */
  readonly secrets?: Readonly<Record<string, string>>;
  /** After which it hangs. @default 150000 ms */
  readonly timeout?: number;
}

/**
 * Runs commands on a copy of this machine that has the rendered files at their places, with owner and mode, and the
 * mounts of the host's groups as empty file systems. Only the loopback interface is there, nothing that is written or
 * started outlives the call.
 */
export function runOnRenderedHost(props: SandboxProps): CommandResult {
  return runInNamespace(...renderedHost(props));
}

/** Like `runOnRenderedHost`, while others run. */
export function startOnRenderedHost(props: SandboxProps): Promise<CommandResult> {
  return startInNamespace(...renderedHost(props));
}

function renderedHost(props: SandboxProps): Parameters<typeof runInNamespace> {
  const { topology, host, files } = props;
  const outside = files.find(({ path }) => !COPIED.some((directory) => path.startsWith(`/${directory}/`)));
  if (outside) throw new Error(`${outside.path} would be written on this machine itself`);
  const facts = lookup(topology);
  const mountPoints = facts
    .clustersOf(host)
    .flatMap((cluster) => cluster.groups)
    .flatMap((group) => group.members)
    .flatMap((member) => (member.kind === 'mount' ? [member.directory] : []));
  const install = files.map((file, index) => installLine(file, `$files/${index}`));
  const namespace: NamespaceProps = {
    hostname: facts.host(host).name,
    timeout: props.timeout ?? 150_000,
    files: {
      ...Object.fromEntries(files.map((file, index) => [String(index), withSecrets(file, props.secrets ?? {})])),
      run: [
        PREPARE,
        ...mountPoints.map(
          (directory) => `mkdir -p '${directory}'; mount -t tmpfs -o mode=0755 tmpfs '${directory}'\n`,
        ),
        ...install,
        props.script,
      ].join('\n'),
    },
  };
  return [['sh', '{}/run', '{}'], namespace];
}

/** Shell line that puts a file of the sandbox at its place, with owner and mode. */
export const installLine = ({ owner, group, mode, path }: RenderedFile, from: string): string =>
  `install -D -o ${owner} -g ${group} -m ${mode} "${from}" '${path}'\n`;

/** Directories of this machine that a sandbox writes to in a copy of its own. */
const COPIED = ['etc', 'var', 'usr/local', 'usr/lib/stonith'] as const;

/** Shell lines: from here on this machine is written to in `$copies` alone, a directory of a tmpfs. */
export const COPY_OF_MACHINE = `for directory in ${COPIED.join(' ')}; do
  mkdir -p "$copies/$directory/upper" "$copies/$directory/work"
  mount -t overlay -o "lowerdir=/$directory,upperdir=$copies/$directory/upper,workdir=$copies/$directory/work" overlay "/$directory"
done
mount -t tmpfs -o mode=0755 tmpfs /run
`;

const PREPARE = `set -eu
files=$1
copies=/mnt
mount -t tmpfs tmpfs $copies
${COPY_OF_MACHINE}cp -a "$files" "$copies/files"
files=$copies/files
mount -t tmpfs -o mode=1777 tmpfs /tmp
`;

function cryptHash(value: string): string {
  return execFileSync('openssl', ['passwd', '-6', '-stdin'], { input: value, encoding: 'utf8' }).trim();
}

/** The content of a file with values in place of the markers. */
export function withSecrets(file: RenderedFile, values: Readonly<Record<string, string>> = {}): string {
  return file.secrets.reduce((content, name) => {
    const value = values[name] ?? `secret-${name}`;
    return content
      .replaceAll(secretMarker(name), () => value)
      .replaceAll(secretMarker(name, 'crypt'), () => cryptHash(value));
  }, file.content);
}
