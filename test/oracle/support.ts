import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';

/** What a program did. */
export interface CommandResult {
  /** Exit code; null when it was ended because it took too long. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An interface inside a namespace; without a name the address is put on the loopback interface. */
export interface NamespaceAddress {
  readonly interface?: string;
  /** With its prefix length, for instance `10.9.1.11/24`. */
  readonly address: string;
}

/** How a command is run beside the machine it runs on. */
export interface NamespaceProps {
  /** What `uname -n` says inside. */
  readonly hostname: string;
  readonly addresses?: readonly NamespaceAddress[];
  /** Files of the working directory by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** After which it hangs. @default 60000 ms */
  readonly timeout?: number;
}

const SYSTEM_DIRECTORIES = ['/usr/sbin', '/sbin', '/usr/local/sbin'];

/** The path of a program, looked for as root would. */
export function findTool(tool: string): string | undefined {
  const candidates = isAbsolute(tool)
    ? [tool]
    : [...(process.env['PATH'] ?? '').split(delimiter), ...SYSTEM_DIRECTORIES].map((directory) =>
        join(directory, tool),
      );
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * A test whose judge is the real program. Where the program is missing the test fails in CI; elsewhere it is skipped,
 * counted as skipped and said so.
 */
export function oracle(
  tool: string,
  name: string,
  body: (path: string) => void | Promise<void>,
  timeout = 180_000,
): void {
  const path = findTool(tool);
  if (path !== undefined) {
    test(name, async () => body(path), timeout);
  } else if (process.env['CI']) {
    test(name, () => {
      throw new Error(`oracle '${tool}' is not installed; install it or this file is not judged`);
    });
  } else {
    process.stderr.write(`oracle '${tool}' is not installed, skipped: ${name}\n`);
    test.skip(`${name} (${tool} is not installed)`, () => undefined);
  }
}

// Values come as arguments, never as text of the script. The namespace dies with its first process, and that with us.
const ENTER = `
hostname "$1"; shift
ip link set lo up
while [ "$1" != -- ]; do
  if [ -z "$1" ]; then ip addr add "$2" dev lo
  else
    ip link show "$1" >/dev/null 2>&1 || { ip link add "$1" type veth peer name "peer-$#" && ip link set "peer-$#" up; }
    ip addr add "$2" dev "$1"; ip link set "$1" up
  fi || exit 125
  shift 2
done
shift
"$@"
status=$?
# Where the first process is gone nobody can fork any more, which a shell that is just ended would still complain of.
kill -KILL -1 2>/dev/null
exit "$status"
`;

/**
 * Runs a command as root of new network, host name, mount and process namespaces: it sees only the interfaces given,
 * and nothing it starts outlives it. `{}` in the command stands for the directory with the files.
 */
export function runInNamespace(command: readonly string[], props: NamespaceProps): CommandResult {
  const directory = directoryOf(props);
  try {
    const result = spawnSync('unshare', namespaceArguments(command, props, directory), {
      ...{ encoding: 'utf8', timeout: props.timeout ?? 60_000, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 * 1024 },
    });
    return { status: result.status, stdout: result.stdout, stderr: result.stderr };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Like `runInNamespace`, while others run. */
export async function startInNamespace(command: readonly string[], props: NamespaceProps): Promise<CommandResult> {
  const directory = directoryOf(props);
  try {
    const child = spawn('unshare', namespaceArguments(command, props, directory), {
      ...{ stdio: ['ignore', 'pipe', 'pipe'], timeout: props.timeout ?? 60_000, killSignal: 'SIGKILL' },
    });
    const text = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
    const [status] = (await once(child, 'close')) as [number | null];
    return { status, ...text };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function directoryOf(props: NamespaceProps): string {
  const directory = mkdtempSync(join(tmpdir(), 'tandem-oracle-'));
  for (const [name, content] of Object.entries(props.files ?? {}))
    writeFileSync(join(directory, name), content, { mode: 0o600 });
  return directory;
}

function namespaceArguments(command: readonly string[], props: NamespaceProps, directory: string): string[] {
  const addresses = (props.addresses ?? []).flatMap(({ interface: name = '', address }) => [name, address]);
  return [
    ...['--net', '--uts', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
    ...['sh', '-c', ENTER, 'sh', props.hostname, ...addresses, '--'],
    ...command.map((word) => word.replaceAll('{}', directory)),
  ];
}
