import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { checkPrograms } from './clients/programs';
import { down } from './down';
import { bootDrill } from './drills/boot';
import { DRILL_NAMES, exerciseOf, type Exercise } from './drills/exercise';
import { idle } from './drills/idle';
import { Pair } from './drills/pair';
import { plannedSwitch } from './drills/planned-switch';
import { powerCutDrill } from './drills/power-cut';
import { setInstallation, type Installation } from './drills/installation';
import { runDrill } from './drills/runner';
import { parseShare, shareOf, type Share } from './drills/share';
import { runSeries, type SeriesResult } from './drills/series';
import { readResults } from './drills/store';
import { truthDocument } from './drills/truth';
import { aloneAtWork } from './host/at-work';
import type { Lab } from './lab';
import { lastWords } from './last-words';
import { attached, type SynthOutput } from './terraform';
import { GOAL, race, raceText, ratio } from './opponent/race';
import { LabError } from './topology-lab/plan';

/** What the verbs of drills need of the command. */
export interface DrillVerbs extends Installation {
  readonly open: () => Lab;
  readonly labs: () => readonly Lab[];
  /** Boots a lab of a stack. */
  readonly start: (stack: string, options: StartOptions) => Promise<Lab>;
  readonly output: (lab: Lab) => Promise<SynthOutput>;
  readonly exit: (status: number) => void;
  readonly report: (line: string) => void;
}

/** Which lab `ci` boots. */
interface StartOptions {
  readonly name?: string;
  readonly partitionSize: number;
  readonly replace?: boolean;
}

/** What `ci` is told. */
interface CiOptions extends StartOptions {
  readonly cdktf?: string;
  readonly drills?: string;
  readonly share?: Share;
  readonly truth?: boolean;
  readonly keep?: boolean;
}

/** Seconds that a power cut of a soak may take. */
const PER_CUT = 900;

/** Adds the verbs that bring a lab to work and drill it. */
export function addDrills(program: Command, verbs: DrillVerbs): void {
  const { open, output, report, exit } = verbs;
  setInstallation(verbs);
  const pairOf = async (lab: Lab): Promise<Pair> => {
    checkPrograms();
    return new Pair(lab, (await output(lab)).topology);
  };
  const exercise = async (lab: Lab): Promise<Exercise> => {
    checkPrograms();
    return exerciseOf(lab, (await output(lab)).topology);
  };
  const conclude = ({ passed, failed }: SeriesResult): void => {
    report(`${passed} passed, ${failed} failed`);
    if (failed > 0) exit(1);
  };
  const alone = <T>(lab: Lab, verb: string, work: () => Promise<T>): Promise<T> =>
    aloneAtWork(lab.directory.file('at-work.json'), verb, work);
  const names = DRILL_NAMES.join(', ');

  program
    .command('deploy')
    .description(
      'brings a lab from empty disks to work: terraform init and apply, then what the clients of drills need',
    )
    .action(async () => {
      const lab = open();
      await alone(lab, 'deploy', async () => (await exercise(lab)).deploy({ output: await output(lab), report }));
    });

  program
    .command('drill')
    .description(`runs drills in a lab that was deployed: ${names}; boot proves a new lab`)
    .argument('<name...>')
    .action(async (words: string[]) => {
      const lab = open();
      if (words.includes('boot')) {
        if (words.length > 1) throw new LabError("'boot' proves a lab before it is deployed; run it alone");
        if (!(await alone(lab, 'drill', () => bootDrill(lab, report)))) exit(1);
        return;
      }
      conclude(await alone(lab, 'drill', async () => (await exercise(lab)).run(words, report)));
    });

  program
    .command('soak')
    .description(
      'a planned switch there and back, then power cuts of the active node again and again, then a while without a fault',
    )
    .option('--cuts <number>', 'how many power cuts', wholeNumber, 20)
    .option('--idle <seconds>', 'how long nothing is done', wholeNumber, 600)
    .option(
      '--rounds <number>',
      'power cuts in turns with a configuration by hand, instead of all of this',
      wholeNumber,
    )
    .option(
      '--mail',
      'without a lab: a pair of mail servers whose hosts are killed again and again, instead of all of this',
    )
    .action(async (options: { cuts: number; idle: number; rounds?: number; mail?: boolean }) => {
      if (options.mail) {
        const drill = ['--prefix', verbs.repository, 'run', '-s', 'test:drills', '--', 'mail-soak'];
        exit(await attached('env', ['TANDEM_SOAK=mail', 'npm', ...drill]));
        return;
      }
      const lab = open();
      const pair = await pairOf(lab);
      const { rounds } = options;
      if (rounds !== undefined) {
        const times = await alone(lab, 'soak', () => race(pair, rounds, report));
        const won = ratio(times) <= GOAL;
        report(
          `${won ? 'passed' : 'FAILED'}: at most ${GOAL} of the time of a configuration by hand; ${raceText(times)}`,
        );
        if (!won) exit(1);
        return;
      }
      const cuts = Array.from({ length: options.cuts }, () => powerCutDrill);
      // There, which gives the step times, and back.
      const drills = [plannedSwitch, plannedSwitch, ...cuts, idle(options.idle)];
      const seconds = (options.cuts + 2) * PER_CUT;
      conclude(await alone(lab, 'soak', () => runSeries(pair, drills, seconds, report, runDrill)));
    });

  program
    .command('truth')
    .description('writes docs/truth.md from the results of all labs')
    .action(() => writeTruth(verbs.labs(), verbs));

  program
    .command('ci')
    .description('boots, deploys and drills a lab of a stack, tells what was seen, and ends the lab')
    .argument('<stack>', 'name of a synthesized deployment')
    .option('--name <name>', 'name of the lab (default: the stack)')
    .option('--partition-size <MiB>', 'size of each partition that the topology names', wholeNumber, 256)
    .option('--cdktf <program>', 'deploys with this cdktf command line instead of Terraform itself')
    .option('--drills <names>', 'only these drills, of a pair after the planned switch; separated by commas')
    .option('--share <part/of>', 'only this part of the drills, and those of every run', parseShare)
    .option('--truth', 'writes docs/truth.md too')
    .option('--replace', 'ends a lab of that name first')
    .option('--keep', 'leaves the lab running')
    .action(async (stack: string, options: CiOptions) => {
      const lab = await verbs.start(stack, options);
      const drilled = async (): Promise<void> => {
        const { deploy, first, drills, run } = await exercise(lab);
        const cdktf =
          options.cdktf === undefined ? undefined : { program: options.cdktf, repository: verbs.repository };
        await deploy({ output: await output(lab), report, cdktf });
        const { own, others } = shareOf(drills, options.share ?? { part: 1, of: 1 });
        const chosen = options.drills?.split(',') ?? own;
        if (others.length > 0 && chosen === own) report(`drills of other parts: ${others.join(', ')}`);
        const { passed, failed } = await run([...first, ...chosen], report);
        report(truthOf([lab]));
        if (options.truth) writeTruth([lab], verbs);
        // Last, so that whoever runs it finds the count there.
        report(`${passed} passed, ${failed} failed`);
        if (failed > 0) exit(1);
      };
      try {
        await alone(lab, 'ci', drilled);
      } catch (error) {
        await lastWords(lab, report);
        throw error;
      } finally {
        if (options.keep !== true) await down(lab.directory);
      }
    });
}

function truthOf(labs: readonly Lab[]): string {
  const results = labs.flatMap(readResults);
  if (results.length === 0) throw new LabError(`no drill was run in any lab; 'drill NAME' runs one`);
  return truthDocument(results, DRILL_NAMES);
}

function writeTruth(labs: readonly Lab[], { repository, report }: DrillVerbs): void {
  writeFileSync(path.join(repository, 'docs', 'truth.md'), truthOf(labs));
  report(`docs/truth.md is written`);
}

/** Reads a whole number above 0 of the command line. @throws LabError for any other text */
export function wholeNumber(text: string): number {
  if (!/^[1-9][0-9]*$/.test(text)) throw new LabError(`'${text}' must be a whole number above 0`);
  return Number(text);
}
