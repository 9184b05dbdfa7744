import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { alertRulesText } from '../../operate/status/alert-rules';
import { lookAtDumps } from '../../operate/directory/status/dumps';
import { lookAtDirectories } from '../../operate/directory/status/look';
import { assess, type StatusReport } from '../../operate/status/assess';
import type { StatusSeverity } from '../../operate/status/assess/finding';
import type { ExpectedFile } from '../../operate/status/drift/file-drift';
import { lookAtHosts } from '../../operate/status/look';
import { prometheusText } from '../../operate/status/prometheus';
import { reportText } from '../../operate/status/text';
import { hostsFolder, readDeployment } from '../deployment-file';
import type { DirectoryOptions } from '../directory-options';
import { ldapOf, renderedOf, secretsOf } from '../directory-servers';
import { EXIT, type Io } from '../io';
import { paint } from '../paint';
import { remoteOf, type RemoteOptions } from '../remote-options';
import { fileError, UserError } from '../user-error';

/** What `tandem status` is told. */
export interface StatusOptions extends RemoteOptions, DirectoryOptions {
  readonly json?: boolean;
  /** Seconds between two looks, or true for the usual ones. */
  readonly watch?: string | true;
  readonly count?: string;
  /** A file for the textfile collector of node-exporter. */
  readonly prometheus?: string;
  /** A file for alert rules, or `-`. */
  readonly alertRules?: string;
}

/** Exit codes of `tandem status`; 2 is a wrong command line as everywhere. */
export const STATUS_EXIT: Readonly<Record<StatusSeverity, number>> = {
  ok: EXIT.clean,
  degraded: EXIT.findings,
  failed: 3,
  unknown: 4,
};

/** Seconds between two looks where nobody says otherwise. */
const WATCH_SECONDS = 5;

const CLEAR_SCREEN = '\u001b[H\u001b[2J\u001b[3J';

/** Looks at a running deployment. Gives the exit code of the last look. */
export async function statusCommand(deployment: string, options: StatusOptions, io: Io): Promise<number> {
  const seconds = watchSeconds(options);
  const count = options.count === undefined ? undefined : positive('--count', options.count);
  if (count !== undefined && seconds === undefined) throw new UserError('--count needs --watch');
  const topology = await readDeployment(deployment, options.output, io);
  if (options.alertRules !== undefined) {
    const rules = alertRulesText(topology);
    if (options.alertRules === '-') io.out(rules);
    else writeWhole(options.alertRules, rules, io);
    return EXIT.clean;
  }
  const folder = hostsFolder(deployment, options.output, topology, io);
  if (!existsSync(folder))
    io.err(`tandem: ${path.relative(io.directory, folder)} is not there, so files are not compared; run the synth\n`);
  const directories =
    topology.directories.length === 0
      ? undefined
      : {
          servers: ldapOf(topology, options, io),
          secrets: secretsOf(topology, options, io),
          rendered: renderedOf(deployment, topology, options, io),
        };
  const remote = remoteOf(topology, options, io);
  const interrupt = new AbortController();
  const settle = seconds === undefined ? undefined : io.onInterrupt?.(() => interrupt.abort());
  const pause = io.pause ?? ((milliseconds: number) => pauseUntil(milliseconds, interrupt.signal));
  let code: number = EXIT.clean;
  try {
    for (let round = 1; ; round += 1) {
      const [looks, copies, dumps] = await Promise.all([
        lookAtHosts(topology, { remote, files: (host) => renderedFiles(path.join(folder, host)) }),
        directories ? lookAtDirectories(topology, directories) : [],
        lookAtDumps(topology, remote),
      ]);
      // The programs that asked have had the same Ctrl-C: what they say of hosts is not true.
      if (interrupt.signal.aborted) return code;
      const report = assess(topology, looks, new Date(), copies, dumps);
      code = STATUS_EXIT[report.severity];
      show(report, options, io);
      if (options.prometheus !== undefined) writeWhole(options.prometheus, prometheusText(topology, report), io);
      if (seconds === undefined || round === count) return code;
      await pause(seconds * 1000);
      if (interrupt.signal.aborted) return code;
    }
  } finally {
    settle?.();
    await remote.close();
  }
}

function show(report: StatusReport, { json, watch }: StatusOptions, io: Io): void {
  if (json) {
    io.out(`${watch === undefined ? JSON.stringify(report, null, 2) : JSON.stringify(report)}\n`);
    return;
  }
  const terminal = process.stdout.isTTY === true;
  const text = reportText(report, paint());
  if (watch === undefined) io.out(text);
  else io.out(terminal ? `${CLEAR_SCREEN}${text}` : `${text}\n`);
}

function watchSeconds({ watch }: StatusOptions): number | undefined {
  return watch === true ? WATCH_SECONDS : watch === undefined ? undefined : positive('--watch', watch);
}

function positive(option: string, text: string): number {
  if (/^[1-9][0-9]{0,5}$/.test(text)) return Number(text);
  throw new UserError(`${option} must be a whole number above 0, got '${text}'`);
}

/** The files of one host, at the paths that they have there. */
function renderedFiles(folder: string): readonly ExpectedFile[] | undefined {
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile())
    .sort()
    .map((file) => ({ path: `/${path.relative(folder, file)}`, content: readFileSync(file, 'utf8') }));
}

/** A reader sees the old file or the new one, never half of it. */
function writeWhole(file: string, text: string, io: Io): void {
  const place = path.resolve(io.directory, file);
  let folder: string | undefined;
  try {
    // In the same directory, so that the rename does not copy; node-exporter takes only files named *.prom.
    folder = mkdtempSync(path.join(path.dirname(place), '.tandem-'));
    const made = path.join(folder, 'new');
    writeFileSync(made, text, { mode: 0o644 });
    renameSync(made, place);
  } catch (error) {
    throw fileError('cannot write', file, error);
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function pauseUntil(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const ended = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', ended);
      resolve();
    };
    const timer = setTimeout(ended, milliseconds);
    signal.addEventListener('abort', ended);
  });
}
