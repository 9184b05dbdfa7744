// npm run bench: time and memory of a synth through SshTarget against a bare cdktf app with the same stacks, that carries
// the same file contents as literals and writes the same files. Each measurement is a process of its own, from its start
// to its end; the quickest of several counts, which other work of the machine disturbed least. Output goes to memory where
// the system has a file system for that: a synth is measured, not a disk.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROWS = [
  { scenario: 'directory', hosts: 1, rounds: 3 },
  { scenario: 'directory', hosts: 100, rounds: 3 },
  { scenario: 'directory', hosts: 1000, rounds: 4 },
  { scenario: 'groupware', hosts: 100, rounds: 3 },
  { scenario: 'groupware', hosts: 1000, rounds: 6 },
];
/**
 * Seconds are those of 1,000 hosts that serve a directory: a groupware server has twice as many files. Megabytes are those of
 * 1,000 hosts; growth is the time for each of 1,000 hosts by that of 100.
 */
const LIMITS = { ratio: 2, seconds: { directory: 8 }, megabytes: 500, growth: 1.5 };
/** What a user waits for one stack, in seconds. */
const COMMANDS = [
  { command: ['npm', 'run', '-s', 'synth', '--', 'ox-cold-standby'], limit: 1.5 },
  { command: ['node', 'scripts/synth.mjs', 'ox-cold-standby'], limit: 0.8 },
];

const repository = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const bundles = {
  tandem: path.join(repository, 'build', 'bench-tandem.js'),
  bare: path.join(repository, 'build', 'bench-bare.js'),
};

if (process.argv.length > 2) measure(...process.argv.slice(2));
else await compare();

/** In the child: one synth. What is told is what the process used since it began. */
function measure(kind, outdir, ...args) {
  const require = createRequire(import.meta.url);
  if (kind === 'bare') {
    require(bundles.bare).bareSynth(outdir, JSON.parse(readFileSync(args[0], 'utf8')));
  } else {
    require(bundles.tandem).tandemApp(outdir, args[0], Number(args[1])).synth();
  }
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const seconds = performance.now() / 1000;
  console.log(JSON.stringify({ seconds, cpu: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 }));
}

async function compare() {
  const { load } = await import('./load.mjs');
  await load('bench-tandem', `export { tandemApp } from './test/bench/tandem-app';`);
  await load('bench-bare', `export { bareSynth } from './test/bench/bare-app';`);
  const directory = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'tandem-bench-'));
  try {
    report(
      ROWS.map((row) => ({ ...row, ...compareOne(directory, row) })),
      COMMANDS.map((of) => timed(directory, of)),
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The quickest of five runs of a command. */
function timed(directory, { command: [program, ...args], limit }) {
  const runs = [1, 2, 3, 4, 5].map(() => {
    const start = performance.now();
    const env = { ...process.env, CDKTF_OUTDIR: path.join(directory, 'command') };
    const { status, stderr } = spawnSync(program, args, { cwd: repository, env, encoding: 'utf8', timeout: 60_000 });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed\n${stderr}`);
    return (performance.now() - start) / 1000;
  });
  return { name: [program, ...args].join(' '), seconds: Math.min(...runs), limit };
}

/** The runs alternate, so that other work of the machine hits both alike. */
function compareOne(directory, { scenario, hosts, rounds }) {
  const outdir = path.join(directory, 'out');
  const list = path.join(directory, 'contents.json');
  const runs = [];
  let files = 0;
  for (let round = 0; round < rounds; round++) {
    const tandem = child('tandem', outdir, scenario, String(hosts));
    if (round === 0) {
      const contents = contentsOf(path.join(outdir, 'tandem'));
      files = Object.values(contents).flatMap(Object.values).flatMap(Object.keys).length;
      writeFileSync(list, JSON.stringify(contents));
    }
    runs.push({ tandem, bare: child('bare', outdir, list) });
  }
  const [tandem, bare] = ['tandem', 'bare'].map((kind) => quickest(runs.map((run) => run[kind])));
  return { files, tandem, bare, ratio: tandem.seconds / bare.seconds };
}

function quickest(runs) {
  return runs.reduce((best, run) => (run.seconds < best.seconds ? run : best));
}

function child(kind, outdir, ...args) {
  rmSync(outdir, { recursive: true, force: true });
  const run = spawnSync(process.execPath, [fileURLToPath(import.meta.url), kind, outdir, ...args], {
    encoding: 'utf8',
    timeout: 120_000,
    killSignal: 'SIGKILL',
    cwd: path.dirname(outdir),
  });
  if (run.status !== 0) throw new Error(`${kind} ${args.join(' ')} failed\n${run.stdout}${run.stderr}`);
  return JSON.parse(run.stdout.trim().split('\n').at(-1));
}

/** Deployment, host and path to text. */
function contentsOf(folder) {
  const entries = (below, value) => Object.fromEntries(readdirSync(below).map((name) => [name, value(name)]));
  return entries(folder, (deployment) => {
    const hosts = path.join(folder, deployment, 'hosts');
    return entries(hosts, (host) => filesBelow(path.join(hosts, host)));
  });
}

function filesBelow(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
  return Object.fromEntries(files.map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]));
}

function report(rows, commands) {
  const cell = (value, digits = 0) => value.toFixed(digits).padStart(9);
  console.log('scenario       hosts     files  tandem s   (cpu s)        MB    bare s   (cpu s)        MB     ratio');
  for (const { scenario, hosts, files, tandem, bare, ratio } of rows) {
    const cells = [tandem, bare].map((of) => `${cell(of.seconds, 2)} ${cell(of.cpu, 2)} ${cell(of.megabytes)}`);
    console.log(`${scenario.padEnd(9)} ${cell(hosts)} ${cell(files)} ${cells.join(' ')} ${cell(ratio, 2)}`);
  }
  const breaches = rows.flatMap(({ scenario, hosts, ratio }) =>
    over(`${scenario}, ${hosts} hosts, time by that of the bare app`, ratio, LIMITS.ratio),
  );
  for (const scenario of new Set(rows.map((row) => row.scenario))) {
    const [hundred, thousand] = [100, 1000].map(
      (hosts) => rows.find((row) => row.scenario === scenario && row.hosts === hosts).tandem,
    );
    const growth = thousand.seconds / 1000 / (hundred.seconds / 100);
    console.log(`${scenario}: time for each of 1000 hosts is ${growth.toFixed(2)} times that for each of 100`);
    breaches.push(
      ...over(`${scenario}, growth`, growth, LIMITS.growth),
      ...over(`${scenario}, seconds for 1000 hosts`, thousand.seconds, LIMITS.seconds[scenario] ?? Infinity),
      ...over(`${scenario}, MB for 1000 hosts`, thousand.megabytes, LIMITS.megabytes),
    );
  }
  for (const { name, seconds, limit } of commands) {
    console.log(`${name}: ${seconds.toFixed(2)} s`);
    breaches.push(...over(`${name}, seconds`, seconds, limit));
  }
  for (const breach of breaches) console.error(`over the limit: ${breach}`);
  if (breaches.length > 0) process.exitCode = 1;
}

function over(what, value, limit) {
  return value > limit ? [`${what}: ${value.toFixed(2)}, limit ${limit}`] : [];
}
