import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { adopt, type Adoption } from '../../adopt/adopt';
import { toTypeScript } from '../../adopt/typescript/stack';
import { check } from '../../check/run';
import { readTopology } from '../../topology/read';
import { readInput } from '../files';
import { includeReader } from '../include-files';
import { EXIT, type Io } from '../io';
import { formatRemark, formatSummary, placed, remarksOf, summaryOf, type Remark } from '../remark';
import { fileError, UserError } from '../user-error';

/** What `tandem check` is told. */
export interface CheckOptions {
  readonly drbd?: string;
  readonly ha?: string;
  readonly haresources?: string;
  readonly authkeys?: string;
  readonly json?: boolean;
  /** A file, or true for standard output. */
  readonly toTypescript?: string | true;
}

/** Judges a topology.json, or the files of a node. Gives the exit code. */
export async function checkCommand(topologyFile: string | undefined, options: CheckOptions, io: Io): Promise<number> {
  const files = [options.drbd, options.ha, options.haresources, options.authkeys].some((file) => file !== undefined);
  if (files === (topologyFile !== undefined))
    throw new UserError(
      "name either a topology.json or the files of a node; for instance 'tandem check --drbd /etc/drbd.conf --ha /etc/ha.d/ha.cf --haresources /etc/ha.d/haresources'",
    );
  if (topologyFile !== undefined) {
    if (options.toTypescript !== undefined)
      throw new UserError('--to-typescript needs the files of a node; a topology.json comes from a stack already');
    const topology = await readTopology(readInput(topologyFile, io.directory).text);
    return report(
      check(topology).map((finding) => placed(finding)),
      options,
      io.out,
      [topologyFile],
    );
  }
  const adoption = readFiles(options, io);
  const remarks = remarksOf(adoption, check(adoption.topology));
  const read = [options.drbd, options.ha, options.haresources, options.authkeys].filter((file) => file !== undefined);
  // The stack alone goes to standard output when it was asked for there.
  const out = options.toTypescript === true ? io.err.bind(io) : io.out.bind(io);
  const code = report(remarks, options, out, read);
  if (options.toTypescript !== undefined) writeStack(adoption, options.toTypescript, io);
  return code;
}

function readFiles({ drbd, ha, haresources, authkeys }: CheckOptions, io: Io): Adoption {
  const read = (file: string | undefined): ReturnType<typeof readInput> | undefined =>
    file === undefined ? undefined : readInput(file, io.directory);
  const conf = read(drbd);
  return adopt({
    drbd: conf && { ...conf, readInclude: includeReader(io.directory) },
    ha: read(ha),
    haresources: read(haresources),
    authkeys: read(authkeys),
  });
}

function report(
  remarks: readonly Remark[],
  { json }: CheckOptions,
  out: (text: string) => void,
  files: readonly string[],
): number {
  const summary = summaryOf(remarks);
  if (json) out(`${JSON.stringify({ files, summary, findings: remarks }, null, 2)}\n`);
  else
    out(
      [...remarks.map(formatRemark), `${files.join(', ')}: ${formatSummary(summary)}`]
        .map((line) => `${line}\n`)
        .join(''),
    );
  return summary.errors > 0 ? EXIT.findings : EXIT.clean;
}

function writeStack(adoption: Adoption, target: string | true, io: Io): void {
  const text = toTypeScript(adoption);
  if (target === true) {
    io.out(text);
    return;
  }
  try {
    // Somebody may have worked on the stack since it was written.
    writeFileSync(path.resolve(io.directory, target), text, { flag: 'wx' });
  } catch (error) {
    throw fileError('cannot write', target, error);
  }
}
