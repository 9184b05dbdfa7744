import { spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Command, CommanderError } from 'commander';
import { readTopology } from '../../lib/topology/read';
import { addFaults } from './cli-faults';
import { bootDrill } from './drills/boot';
import { down } from './down';
import { LabDirectory, labHome } from './host/directory';
import { checkRequirements } from './host/requirements';
import { ensureImage } from './image/image';
import { Lab } from './lab';
import { planLab } from './topology-lab/from-topology';
import { LabError } from './topology-lab/plan';
import { terraformEnvironment, withAgent } from './terraform-environment';
import { up } from './up';

export { runDaemon } from './daemon/daemon';

/** Where the command was loaded from. */
export interface Installation {
  readonly repository: string;
  /** The file that holds this module with all that it imports. */
  readonly bundle: string;
}

/** Runs one command line. @returns the exit code */
export async function main(args: readonly string[], installation: Installation): Promise<number> {
  let status = 0;
  const program = commands(installation, (code) => (status = code));
  try {
    await program.parseAsync([...args], { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    if (!(error instanceof LabError)) throw error;
    console.error(`lab: ${error.message}`);
    return 1;
  }
}

function commands({ repository, bundle }: Installation, exit: (status: number) => void): Command {
  const source = path.join(repository, 'test', 'lab');
  const program = new Command('lab')
    .description('boots the hosts of a stack as User-Mode Linux nodes in a network of their own, and breaks them')
    .option('--lab <name>', 'which lab, where several run')
    .enablePositionalOptions()
    .exitOverride();
  const find = (): LabDirectory => LabDirectory.find(program.opts<{ lab?: string }>().lab);
  const open = (): Lab => new Lab(find());

  program
    .command('image')
    .description('builds the disk image of the nodes where it is not cached')
    .action(async () => {
      checkRequirements();
      const { image } = await ensureImage({ recipe: path.join(source, 'image'), report });
      report(image);
    });

  program
    .command('up')
    .description('boots every host of a stack from an empty disk')
    .argument('<stack>', 'name of a synthesized deployment, or its topology.json')
    .option('--name <name>', 'name of the lab (default: the stack)')
    .option('--memory <MiB>', 'memory of each node', wholeNumber, 512)
    .option('--partition-size <MiB>', 'size of each partition that the topology names', wholeNumber, 128)
    .action(async (stack: string, options: { name?: string; memory: number; partitionSize: number }) => {
      checkRequirements();
      const topology = await readTopology(readFileSync(topologyFile(repository, stack), 'utf8'));
      const plan = planLab(topology, { partitionSize: options.partitionSize });
      await up({ name: options.name ?? plan.name, plan, source, bundle, memory: options.memory, report });
    });

  program
    .command('down')
    .description('ends a lab and removes everything of it but the cached image')
    .argument('[name]', 'which lab; all of them with --all')
    .option('--all', 'every lab of this user')
    .action(async (name: string | undefined, { all }: { all?: boolean }) => {
      for (const directory of all ? allLabs() : [LabDirectory.find(name ?? program.opts<{ lab?: string }>().lab)]) {
        await down(directory);
        report(`${path.basename(directory.path)} is down`);
      }
    });

  program
    .command('status')
    .description('nodes, networks, fencing devices and cables of a lab')
    .action(async () => report(await statusOf(open())));

  program
    .command('ssh')
    .description('a shell on a node, or a command there')
    .argument('<node>')
    .argument('[command...]')
    .passThroughOptions()
    .action(async (node: string, command: string[]) => exit(await attached('ip', open().sshArguments(node, command))));

  program
    .command('exec')
    .description('a program of this machine in the network of the lab')
    .argument('<program...>')
    .passThroughOptions()
    .action(async (words: string[]) => {
      exit(await attached('ip', ['netns', 'exec', open().namespace.name, ...words]));
    });

  program
    .command('terraform')
    .description('terraform on the synthesized stack in the network of the lab, with keys and drawn secrets')
    .argument('<arguments...>')
    .passThroughOptions()
    .allowUnknownOption()
    .action(async (words: string[]) => {
      const lab = open();
      // A copy: the state of what Terraform made of this lab goes away with the lab.
      const folder = lab.directory.file('terraform', 'cdktf.out', 'stacks', lab.plan.name);
      cpSync(path.join(outputFolder(repository), 'stacks', lab.plan.name), folder, { recursive: true });
      const topology = await readTopology(readFileSync(topologyFile(repository, lab.plan.name), 'utf8'));
      const command = [...withAgent(lab), 'terraform', `-chdir=${folder}`, ...words];
      exit(
        await attached('ip', ['netns', 'exec', lab.namespace.name, ...command], terraformEnvironment(lab, topology)),
      );
    });

  program
    .command('log')
    .description('what the power switch and the other faults did, with times')
    .action(() => report(readFileSync(find().file('actions.log'), 'utf8').trimEnd()));

  program
    .command('drill')
    .description('runs a drill in a running lab: boot')
    .argument('<name>')
    .action(async (name: string) => {
      if (name !== 'boot') throw new LabError(`there is no drill '${name}'; there is boot`);
      if (!(await bootDrill(open(), report))) exit(1);
    });

  addFaults(program, open);
  return program;
}

function outputFolder(repository: string): string {
  return process.env['CDKTF_OUTDIR'] ?? path.join(repository, 'cdktf.out');
}

function topologyFile(repository: string, stack: string): string {
  if (stack.endsWith('.json')) return stack;
  const file = path.join(outputFolder(repository), 'tandem', stack, 'topology.json');
  if (!existsSync(file)) throw new LabError(`${stack} is not synthesized; run 'npm run synth -- ${stack}' first`);
  return file;
}

function allLabs(): readonly LabDirectory[] {
  const folder = path.join(labHome(), 'labs');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.map((name) => LabDirectory.of(name)).filter((directory) => directory.exists);
}

async function statusOf(lab: Lab): Promise<string> {
  const { nodes, cablesWhole, powerSwitchWorks } = await lab.order({ verb: 'status' });
  return [
    `lab ${lab.name} of ${lab.plan.name}: namespace ${lab.namespace.name}, folder ${lab.directory.path}`,
    ...lab.plan.nodes.map((node) => {
      const addresses = node.interfaces.map((i) => `${i.name} ${i.addresses.join(' ')} (${i.network})`).join(', ');
      const pid = nodes[node.name];
      return `node ${node.name}: ${pid === undefined ? 'off' : `on, process ${pid}`}, ${addresses}`;
    }),
    ...lab.plan.networks.map((network) => `network ${network.name}: ${network.bridge}, client ${network.client}`),
    ...lab.plan.cables.map((cable) => `serial cable ${cable.name}: ${cablesWhole ? 'plugged in' : 'pulled'}`),
    ...lab.plan.fencing.map(
      (device) =>
        `fencing device ${device.name}: ${device.address} for ${device.nodes.join(', ')}` +
        (powerSwitchWorks ? '' : ', out of order'),
    ),
  ].join('\n');
}

function attached(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { stdio: 'inherit', env: { ...process.env, ...env } });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

function wholeNumber(text: string): number {
  if (!/^[1-9][0-9]*$/.test(text)) throw new LabError(`'${text}' must be a whole number above 0`);
  return Number(text);
}

function report(line: string): void {
  console.log(line);
}
