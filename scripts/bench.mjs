// npm run bench: time and memory of a synth through SshTarget against a bare cdktf app that carries the same file
// contents as literals and writes the same files. Each measurement is a process of its own; the middle one of three
// counts. Output goes to memory where the system has a file system for that: a synth is measured, not a disk.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROWS = [
  { scenario: 'directory', hosts: 1 },
  { scenario: 'directory', hosts: 100 },
  { scenario: 'directory', hosts: 1000 },
  { scenario: 'groupware', hosts: 100 },
  { scenario: 'groupware', hosts: 1000 },
];
const RUNS = 3;
// Those of memory and time are for pairs that serve a directory; the groupware server has twice as many files.
const LIMITS = { ratio: 2, seconds: 8, megabytes: 500, growth: 2 };

const repository = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const bundle = path.join(repository, 'build', 'bench.js');
const SOURCE = `
  export { NAME, tandemApp } from './test/bench/tandem-app';
  export { bareApp, writeFiles } from './test/bench/bare-app';
`;

if (process.argv.length > 2) measure(...process.argv.slice(2));
else await compare();

/** In the child: one synth. What is told is what the process used since it began, reading the contents left out. */
function measure(kind, outdir, ...args) {
  const { tandemApp, bareApp, writeFiles } = createRequire(import.meta.url)(bundle);
  let reading = 0;
  if (kind === 'bare') {
    const before = performance.now();
    const contents = JSON.parse(readFileSync(args[0], 'utf8'));
    reading = performance.now() - before;
    bareApp(outdir, contents).synth();
    writeFiles(path.join(outdir, 'hosts'), contents);
  } else {
    tandemApp(outdir, args[0], Number(args[1])).synth();
  }
  const seconds = (performance.now() - reading) / 1000;
  console.log(JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
}

async function compare() {
  const { load } = await import('./load.mjs');
  const { NAME } = await load('bench', SOURCE);
  const directory = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'tandem-bench-'));
  try {
    report(ROWS.map((row) => ({ ...row, ...compareOne(directory, NAME, row) })));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The runs alternate, so that other work of the machine hits both alike. */
function compareOne(directory, name, { scenario, hosts }) {
  const outdir = path.join(directory, 'out');
  const list = path.join(directory, 'contents.json');
  const rounds = [];
  let files = 0;
  for (let round = 0; round < RUNS; round++) {
    const tandem = child('tandem', outdir, scenario, String(hosts));
    const contents = contentsOf(path.join(outdir, 'tandem', name, 'hosts'));
    files = Object.values(contents).reduce((sum, host) => sum + Object.keys(host).length, 0);
    writeFileSync(list, JSON.stringify(contents));
    const bare = child('bare', outdir, list);
    rounds.push({ tandem, bare, ratio: tandem.seconds / bare.seconds });
  }
  return {
    files,
    tandem: middle(rounds.map(({ tandem }) => tandem)),
    bare: middle(rounds.map(({ bare }) => bare)),
    ratio: median(rounds.map(({ ratio }) => ratio)),
  };
}

function middle(runs) {
  return {
    seconds: median(runs.map(({ seconds }) => seconds)),
    megabytes: median(runs.map(({ megabytes }) => megabytes)),
  };
}

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
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

function contentsOf(folder) {
  return Object.fromEntries(
    readdirSync(folder).map((host) => {
      const files = readdirSync(path.join(folder, host), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
      const name = (file) => path.relative(path.join(folder, host), file);
      return [host, Object.fromEntries(files.map((file) => [name(file), readFileSync(file, 'utf8')]))];
    }),
  );
}

function report(rows) {
  const cell = (value, digits = 0) => value.toFixed(digits).padStart(9);
  console.log('scenario       hosts     files  tandem s        MB    bare s        MB     ratio');
  for (const { scenario, hosts, files, tandem, bare, ratio } of rows) {
    const cells = [hosts, files].map((value) => cell(value));
    cells.push(cell(tandem.seconds, 2), cell(tandem.megabytes), cell(bare.seconds, 2), cell(bare.megabytes));
    console.log(`${scenario.padEnd(9)} ${cells.join(' ')} ${cell(ratio, 2)}`);
  }
  const breaches = rows
    .filter((row) => row.ratio > LIMITS.ratio)
    .map(
      (row) => `${row.scenario}, ${row.hosts} hosts: ${row.ratio.toFixed(2)} times the bare app, limit ${LIMITS.ratio}`,
    );
  const row = (scenario, hosts) => rows.find((found) => found.scenario === scenario && found.hosts === hosts);
  for (const scenario of ['directory', 'groupware']) {
    const [hundred, thousand] = [row(scenario, 100), row(scenario, 1000)];
    const growth = thousand.tandem.seconds / 1000 / (hundred.tandem.seconds / 100);
    console.log(`${scenario}: time for each of 1000 hosts is ${growth.toFixed(2)} times that for each of 100`);
    breaches.push(...over(`${scenario}, growth`, growth, LIMITS.growth));
  }
  const { tandem } = row('directory', 1000);
  breaches.push(...over('seconds for 1000 hosts', tandem.seconds, LIMITS.seconds));
  breaches.push(...over('MB for 1000 hosts', tandem.megabytes, LIMITS.megabytes));
  for (const breach of breaches) console.error(`over the limit: ${breach}`);
  if (breaches.length > 0) process.exitCode = 1;
}

function over(what, value, limit) {
  return value > limit ? [`${what}: ${value.toFixed(2)}, limit ${limit}`] : [];
}
