import type { Command } from 'commander';
import { cutNetwork, fill, healNetwork, impair, partNetwork, powerCut, powerOn, reset } from './faults';
import { setDisk, setPowerSwitch, setSerial, signal, type DiskBehaviour, type ProcessSignal } from './faults';
import type { Lab } from './lab';
import { LabError } from './topology-lab/plan';

/** Words of the command line for what a disk can do. */
const BEHAVIOURS: readonly DiskBehaviour[] = ['whole', 'write-errors', 'all-errors'];

/** Adds a verb for every fault. */
export function addFaults(program: Command, open: () => Lab): void {
  program
    .command('power-cut')
    .description('pulls the plug of a node; the power switch cannot bring it back')
    .argument('<node>')
    .action((node: string) => powerCut(open(), node));
  program
    .command('power-on')
    .description('plugs a node in and boots it')
    .argument('<node>')
    .action((node: string) => powerOn(open(), node));
  program
    .command('reset')
    .description('kills a node and boots it again')
    .argument('<node>')
    .action((node: string) => reset(open(), node));
  program
    .command('power-switch')
    .description('takes the fencing devices out of order, or mends them')
    .argument('<state>', 'broken or whole')
    .action((state: string) => setPowerSwitch(open(), isWhole(state, 'broken')));
  program
    .command('serial')
    .description('pulls the serial cables, or plugs them in')
    .argument('<state>', 'cut or whole')
    .action((state: string) => setSerial(open(), isWhole(state, 'cut')));
  addNetworkFaults(program, open);
  addNodeFaults(program, open);
}

function addNetworkFaults(program: Command, open: () => Lab): void {
  program
    .command('cut')
    .description('pulls the cable of a network out of a node, or out of all')
    .argument('<network>')
    .argument('[node]')
    .action((network: string, node?: string) => cutNetwork(open(), network, node));
  program
    .command('part')
    .description('nodes no longer reach each other on a network, but clients and fencing devices still answer')
    .argument('<network>')
    .action((network: string) => partNetwork(open(), network));
  program
    .command('heal')
    .description('undoes cut and part')
    .argument('<network>')
    .argument('[node]')
    .action((network: string, node?: string) => healNetwork(open(), network, node));
  program
    .command('impair')
    .description('delays or loses what a node sends on an interface; without options it is mended')
    .argument('<node>')
    .argument('<interface>')
    .option('--delay <ms>', 'delay of each packet')
    .option('--loss <percent>', 'share of packets that get lost')
    .action((node: string, device: string, options: { delay?: string; loss?: string }) =>
      impair(open(), node, device, { delay: amount(options.delay), loss: amount(options.loss) }),
    );
}

function addNodeFaults(program: Command, open: () => Lab): void {
  const signals: readonly (readonly [string, ProcessSignal, string])[] = [
    ['kill', 'KILL', 'kills all processes of a program on a node'],
    ['stop', 'STOP', 'stops all processes of a program on a node in the middle of their work'],
    ['continue', 'CONT', 'lets stopped processes go on'],
  ];
  for (const [verb, what, description] of signals) {
    program
      .command(verb)
      .description(description)
      .argument('<node>')
      .argument('<program>')
      .action((node: string, name: string) => signal(open(), node, name, what));
  }
  program
    .command('disk')
    .description('lets a part of a disk fail, while it is in use, or mends it')
    .argument('<node>')
    .argument('<part>', 'for instance /dev/sdb1')
    .argument('<behaviour>', BEHAVIOURS.join(', '))
    .action((node: string, part: string, word: string) => {
      const behaviour = BEHAVIOURS.find((known) => known === word);
      if (!behaviour) throw new LabError(`a disk can have ${BEHAVIOURS.join(', ')}, not '${word}'`);
      return setDisk(open(), node, part, behaviour);
    });
  program
    .command('fill')
    .description('fills the file system of a directory to the last block, or frees it again')
    .argument('<node>')
    .argument('<directory>')
    .option('--free', 'removes the file that fills it')
    .action((node: string, directory: string, options: { free?: boolean }) =>
      fill(open(), node, directory, options.free !== true),
    );
}

function isWhole(word: string, broken: string): boolean {
  if (word !== 'whole' && word !== broken) throw new LabError(`say ${broken} or whole, not '${word}'`);
  return word === 'whole';
}

function amount(text: string | undefined): number {
  const value = Number(text ?? 0);
  if (!(value >= 0)) throw new LabError(`'${text ?? ''}' must be a number`);
  return value;
}
