import { createHash } from 'node:crypto';
import { compareLines } from '../drift/compare';
import type { ExpectedFile, FileDrift } from '../drift/file-drift';
import { holdsSecrets } from '../drift/mask';
import { filledLines } from '../sections';

/** Drift of one file, and whether its text may be fetched and shown. */
export interface FirstComparison {
  readonly drift: readonly FileDrift[];
  /** Files of which only the hash is known to differ: text that everybody on the host may read. */
  readonly readable: readonly ExpectedFile[];
  /** The same, but their text stays on the host. */
  readonly closed: readonly ExpectedFile[];
}

/** What hashes, modes, comparisons on the host and its manifest say of the rendered files. */
export function compareFiles(
  files: readonly ExpectedFile[],
  sections: ReadonlyMap<string, string>,
  manifest: readonly string[],
): FirstComparison {
  const sums = new Map(
    filledLines(sections.get('sums')).map((line) => [line.slice(66).replaceAll('\\\\', '\\'), line.slice(0, 64)]),
  );
  const modes = parseModes(sections.get('modes'));
  const compared = parseCompared(sections.get('compared'));
  const installed = parseManifest(manifest);
  const drift: FileDrift[] = [];
  const [readable, closed]: [ExpectedFile[], ExpectedFile[]] = [[], []];
  for (const file of files) {
    const { path, content } = file;
    const mode = modes.get(path);
    if (!mode) {
      drift.push({ path, kind: 'missing' });
      continue;
    }
    if (!mode.regular) {
      drift.push({ path, kind: 'type' });
      continue;
    }
    const wanted = installed.get(path);
    if (wanted !== undefined && wanted !== mode.text)
      drift.push({ path, kind: 'mode', found: mode.text, expected: wanted });
    if (holdsSecrets(content)) {
      const said = compared.get(path);
      if (said !== '') drift.push(hiddenDrift(path, content, said));
    } else if (sums.get(path) !== createHash('sha256').update(content).digest('hex'))
      (mode.open ? readable : closed).push(file);
  }
  const known = new Set(files.map((file) => file.path));
  for (const path of installed.keys()) if (!known.has(path)) drift.push({ path, kind: 'extra' });
  return { drift, readable, closed };
}

/** The drift of files whose text was fetched, or that were compared on the host. */
export function compareContents(
  readable: readonly ExpectedFile[],
  closed: readonly ExpectedFile[],
  sections: ReadonlyMap<string, string>,
): readonly FileDrift[] {
  const compared = parseCompared(sections.get('compared'));
  return [
    ...readable.map(({ path, content }): FileDrift => {
      const base64 = sections.get(`file ${path}`);
      const found = base64 === undefined ? undefined : Buffer.from(base64, 'base64').toString('utf8');
      const difference = found === undefined ? undefined : compareLines(content, found);
      return { path, kind: 'content', ...difference };
    }),
    ...closed.map(({ path, content }) => hiddenDrift(path, content, compared.get(path))),
  ];
}

/** What cmp(1) says: `- /dev/fd/3 differ: byte 21, line 2`, or that one of them ended after a line. */
function hiddenDrift(path: string, content: string, said: string | undefined): FileDrift {
  const [, number] = /line ([0-9]+)/.exec(said ?? '') ?? [];
  const ended = /EOF on/.test(said ?? '');
  if (number === undefined) return { path, kind: 'content' };
  const line = Number(number) + (ended && !/in line/.test(said ?? '') ? 1 : 0);
  return { path, kind: 'content', first: { line, rendered: content.split('\n')[line - 1], hidden: true } };
}

function parseCompared(text: string | undefined): ReadonlyMap<string, string> {
  return new Map(
    filledLines(text).map((line) => {
      const end = line.indexOf(' ');
      return [line.slice(0, end), line.slice(end + 1).trim()];
    }),
  );
}

interface Mode {
  /** For instance `0644 root root`. */
  readonly text: string;
  readonly regular: boolean;
  /** Everybody on the host may read it. */
  readonly open: boolean;
}

function parseModes(text: string | undefined): ReadonlyMap<string, Mode> {
  return new Map(
    filledLines(text).flatMap((line) => {
      const [, raw, owner, group, path] = /^([0-9a-f]+) (\S+) (\S+) (.*)$/.exec(line) ?? [];
      if (raw === undefined || path === undefined) return [];
      const value = parseInt(raw, 16);
      const mode = (value & 0o7777).toString(8).padStart(4, '0');
      return [
        [
          path,
          { text: `${mode} ${owner} ${group}`, regular: (value & 0o170000) === 0o100000, open: (value & 4) !== 0 },
        ],
      ];
    }),
  );
}

/** Lines `file PATH MODE OWNER GROUP CHECKER ACTIVATION`. */
function parseManifest(lines: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    lines.flatMap((line) => {
      const [kind, path, mode, owner, group] = line.split(' ');
      return kind === 'file' && path !== undefined ? [[path, `${mode} ${owner} ${group}`]] : [];
    }),
  );
}
