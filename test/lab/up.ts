import { spawn } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  openSync,
  closeSync,
  truncateSync,
  writeFileSync,
  existsSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import { down } from './down';
import { LabDirectory, type LabState } from './host/directory';
import { must, until } from './host/execute';
import { Namespace } from './host/namespace';
import { recordOf } from './host/process-record';
import { Lab } from './lab';
import { nodeFiles } from './topology-lab/node-files';
import { LabError, type LabNode, type LabPlan } from './topology-lab/plan';
import { ensureImage } from './image/image';

/** How a lab is started. */
export interface UpOptions {
  /** Name of the lab: of its folder and its network namespace. */
  readonly name: string;
  readonly plan: LabPlan;
  /** Folder of the lab's source: recipe of the image, program of the cables. */
  readonly source: string;
  /** The bundle that has `main`: the daemon runs a copy of it. */
  readonly bundle: string;
  /** Memory of each node, in MiB. */
  readonly memory: number;
  /** Ends a lab of this name that runs. @default false */
  readonly replace?: boolean;
  readonly report: (line: string) => void;
}

/** Seconds within which a node must let us in; 8 to 14 were seen. */
const BOOT_LIMIT = 90;

/** Builds what is missing, makes the network, boots every node from an empty disk and waits until all let us in. */
export async function up(options: UpOptions): Promise<Lab> {
  const { name, plan, report } = options;
  const directory = LabDirectory.of(name);
  if (directory.exists) {
    const { runs } = directory;
    if (runs && options.replace !== true) {
      throw new LabError(`the lab '${name}' is there already; 'down ${name}' ends it`);
    }
    report(`the lab '${name}' ${runs ? 'runs' : 'is there, but its daemon is gone'}: it is ended first`);
    await down(directory);
  }
  const { image, kernel, tree } = await ensureImage({ recipe: path.join(options.source, 'image'), report });

  const state: LabState = { namespace: `tandem-lab-${name}`, image, kernel, memory: options.memory };
  // What a start that broke off has left; nothing of it runs, or there would be a state.
  rmSync(directory.path, { recursive: true, force: true });
  directory.write('plan.json', plan);
  directory.write('state.json', state);
  copyFileSync(options.bundle, directory.file('daemon.js'));
  copyFileSync(path.join(options.source, 'daemon', 'serial-cable.py'), directory.file('serial-cable.py'));
  await makeKeys(directory, plan);
  for (const node of plan.nodes) await makeNode(directory, plan, node);
  await new Namespace(state.namespace).create(plan, tree);
  await startDaemon(directory, state);

  const lab = new Lab(directory);
  const began = Date.now();
  for (const node of plan.nodes) await lab.order({ verb: 'power-on', node: node.name });
  const late = await Promise.all(
    plan.nodes.map(async (node) => {
      const seconds = await lab.reachable(node.name, BOOT_LIMIT);
      if (seconds === undefined) return node.name;
      report(`${node.name} lets us in after ${((Date.now() - began) / 1000).toFixed(1)} s`);
      return undefined;
    }),
  );
  const silent = late.filter((name) => name !== undefined);
  if (silent.length > 0) {
    throw new LabError(
      `no answer within ${BOOT_LIMIT} s: ${silent.join(', ')}; see nodes/NAME/console.log in ${directory.path}`,
    );
  }
  return lab;
}

/** Key pairs of the client, of every node's ssh server and of every node's root, and who trusts whom. */
async function makeKeys(directory: LabDirectory, plan: LabPlan): Promise<void> {
  mkdirSync(directory.file('keys'), { recursive: true, mode: 0o700 });
  const generate = (name: string, type: string): Promise<string> =>
    must('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', name, '-f', directory.file('keys', name)]);
  await generate('client', 'ed25519');
  for (const node of plan.nodes) {
    await generate(`${node.name}.host.ed25519`, 'ed25519');
    await generate(`${node.name}.host.ecdsa`, 'ecdsa');
    await generate(`${node.name}.root`, 'ed25519');
  }
  const hosts = plan.nodes.flatMap((node) => {
    const addresses = node.interfaces.flatMap((i) => i.addresses.map((address) => address.replace(/\/.*/, '')));
    const names = [node.name, ...addresses].join(',');
    return hostKeys(directory, node.name).map((key) => `${names} ${key}`);
  });
  writeFileSync(directory.file('known_hosts'), `${hosts.join('\n')}\n`);
  const config = [
    ...plan.nodes.map((node) => `Host ${node.name}\n  HostName ${node.address}\n`),
    'Host *',
    '  User root',
    `  IdentityFile ${directory.file('keys', 'client')}`,
    '  IdentitiesOnly yes',
    `  UserKnownHostsFile ${directory.file('known_hosts')}`,
    '  StrictHostKeyChecking yes',
    '  BatchMode yes',
    '  LogLevel ERROR',
    '  ConnectTimeout 3',
    '',
  ];
  writeFileSync(directory.file('ssh_config'), config.join('\n'));
}

/** Public keys of a node's ssh server, as `/etc/ssh/ssh_host_*_key.pub` have them. */
export function hostKeys(directory: LabDirectory, node: string): readonly string[] {
  return ['ed25519', 'ecdsa'].map((type) => publicKey(directory, `${node}.host.${type}`));
}

function publicKey(directory: LabDirectory, name: string): string {
  return readFileSync(directory.file('keys', `${name}.pub`), 'utf8').trim();
}

/** Disks of a node, empty, and the archive of its first boot. */
async function makeNode(directory: LabDirectory, plan: LabPlan, node: LabNode): Promise<void> {
  mkdirSync(directory.node(node.name, 'run'), { recursive: true });
  for (const disk of node.disks) {
    const file = directory.node(node.name, disk.file);
    writeFileSync(file, '');
    truncateSync(file, disk.sectors * 512);
  }
  const setup = directory.node(node.name, 'setup');
  const write = (name: string, mode: number, text: string): void => {
    mkdirSync(path.dirname(path.join(setup, name)), { recursive: true });
    writeFileSync(path.join(setup, name), text, { mode });
  };
  const key = (name: string): string => readFileSync(directory.file('keys', name), 'utf8');
  const trusted = ['client', ...plan.nodes.map((other) => `${other.name}.root`)];
  for (const file of nodeFiles(plan, node)) write(file.path, file.mode, file.text);
  for (const type of ['ed25519', 'ecdsa']) {
    write(`/etc/ssh/ssh_host_${type}_key`, 0o600, key(`${node.name}.host.${type}`));
    write(`/etc/ssh/ssh_host_${type}_key.pub`, 0o644, key(`${node.name}.host.${type}.pub`));
  }
  write('/root/.ssh/authorized_keys', 0o600, trusted.map((name) => `${publicKey(directory, name)}\n`).join(''));
  write('/root/.ssh/id_ed25519', 0o600, key(`${node.name}.root`));
  write('/etc/ssh/ssh_known_hosts', 0o644, readFileSync(directory.file('known_hosts'), 'utf8'));
  await must('tar', ['-C', setup, '--owner=0', '--group=0', '-cf', directory.node(node.name, 'setup.tar'), '.']);
}

async function startDaemon(directory: LabDirectory, state: LabState): Promise<void> {
  const log = openSync(directory.file('daemon.log'), 'a');
  const code = `require(${JSON.stringify(directory.file('daemon.js'))}).runDaemon(${JSON.stringify(directory.path)})`;
  const args = ['netns', 'exec', state.namespace, process.execPath, '-e', code];
  const child = spawn('ip', args, { stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  child.unref();
  const record = child.pid === undefined ? undefined : recordOf(child.pid);
  if (record === undefined) throw new LabError(`the daemon did not start; see ${directory.file('daemon.log')}`);
  directory.write('state.json', { ...state, daemon: record });
  if (!(await until(10, () => existsSync(directory.control)))) {
    throw new LabError(`the daemon is not ready after 10 s; see ${directory.file('daemon.log')}`);
  }
}
