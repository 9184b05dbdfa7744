import { CommanderError } from 'commander';
import { EXIT, type Io } from './io';
import { buildProgram } from './program';

// By name, so that a command need not load what it does not use.
const MISTAKES: ReadonlyMap<string, number> = new Map<string, number>([
  ['UserError', EXIT.usage],
  ['TopologyFormatError', EXIT.usage],
  ['TargetError', EXIT.usage],
  ['CertificateError', EXIT.usage],
  ['MissingProgramError', EXIT.usage],
  ['FormatError', EXIT.findings],
  ['ModelError', EXIT.findings],
]);

/**
 * Runs a command line and gives its exit code. Every error becomes text here: a mistake of the user without a stack
 * trace, anything else with one when `--verbose` or TANDEM_DEBUG=1 asks for it.
 */
export async function run(argv: readonly string[], io: Io, environment: NodeJS.ProcessEnv = {}): Promise<number> {
  let code: number = EXIT.clean;
  try {
    const program = buildProgram(io, (result) => (code = result));
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    const known = MISTAKES.get(name);
    const traced = environment['TANDEM_DEBUG'] === '1' || argv.includes('--verbose');
    if (known !== undefined) io.err(`tandem: ${message}\n`);
    else if (traced) io.err(`tandem: ${stack ?? message}\n`);
    else io.err(`tandem: unexpected: ${message}; set TANDEM_DEBUG=1 or add --verbose to see where\n`);
    return known ?? EXIT.usage;
  }
}
