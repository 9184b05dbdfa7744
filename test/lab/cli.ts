import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Command, CommanderError } from 'commander';
import { readTopology } from '../../lib/topology/read';
import { addDrills, wholeNumber } from './cli-drills';
import { addFaults } from './cli-faults';
import { down } from './down';
import type { Installation } from './drills/installation';
import { LabDirectory, labHome } from './host/directory';
import { checkRequirements } from './host/requirements';
import { ensureImage } from './image/image';
import { Lab } from './lab';
import { planLab } from './topology-lab/from-topology';
import { LabError } from './topology-lab/plan';
import { attached, terraform } from './terraform';
import { up } from './up';

export { make } from './clients/make';
export { printReadBack, runClients } from './clients/process';
export { runSink } from './clients/sink';
export { runDaemon } from './daemon/daemon';

/** Memory of a node, in MiB. */
const MEMORY = 512;

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
  const start = async (
    stack: string,
    options: { name?: string | undefined; memory: number; partitionSize: number; replace?: boolean },
  ): Promise<Lab> => {
    checkRequirements();
    const topology = await readTopology(readFileSync(topologyFile(repository, stack), 'utf8'));
    const plan = planLab(topology, { partitionSize: options.partitionSize });
    const { memory, replace = false } = options;
    return up({ name: options.name ?? plan.name, plan, source, bundle, memory, replace, report });
  };

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
    .option('--memory <MiB>', 'memory of each node', wholeNumber, MEMORY)
    .option('--partition-size <MiB>', 'size of each partition that the topology names', wholeNumber, 128)
    .action(async (stack: string, options: { name?: string; memory: number; partitionSize: number }) => {
      await start(stack, options);
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
      const topology = await readTopology(readFileSync(topologyFile(repository, lab.plan.name), 'utf8'));
      exit(await terraform(lab, { folder: outputFolder(repository), topology }, words));
    });

  program
    .command('log')
    .description('what the power switch and the other faults did, with times')
    .action(() => report(readFileSync(find().file('actions.log'), 'utf8').trimEnd()));

  addDrills(program, {
    open,
    labs: () => allLabs().map((directory) => new Lab(directory)),
    start: (stack, options) => start(stack, { ...options, memory: MEMORY }),
    bundle,
    repository,
    output: async (lab) => ({
      folder: outputFolder(repository),
      topology: await readTopology(readFileSync(topologyFile(repository, lab.plan.name), 'utf8')),
    }),
    exit,
    report,
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

function report(line: string): void {
  console.log(line);
}
