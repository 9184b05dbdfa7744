import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { KeyPair } from './issue';

/** A pair of files of which one may be missing. */
export type StoredPair = Partial<KeyPair> & {
  /** Others than the owner may read the key. */
  readonly exposed?: boolean;
};

/** A pair to write. */
export interface NewPair {
  /** The server, or absent for the authority. */
  readonly server?: string;
  readonly pair: KeyPair;
}

/** Where the certificates of a deployment are, below the project's folder and beside the file with its secrets. */
export const certificatesFolder = (directory: string, deployment: string): string =>
  join(directory, `${deployment}.certificates`);

const IGNORE = '# Private keys do not belong in a repository.\n*\n';

/** The files of the authority, or of a server. */
export function readPair(folder: string, server?: string): StoredPair {
  const { certificate, key } = places(folder, server);
  return {
    certificate: existsSync(certificate) ? readFileSync(certificate, 'utf8') : undefined,
    key: existsSync(key) ? readFileSync(key, 'utf8') : undefined,
    exposed: existsSync(key) && (statSync(key).mode & 0o077) !== 0,
  };
}

/** Names of folders that hold something and belong to none of the servers, sorted. */
export function otherFolders(folder: string, servers: readonly string[]): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !servers.includes(entry.name))
    .map(({ name }) => name)
    .sort();
}

/** Takes from others than the owner what a folder lets them read of its keys. */
export function closeFolder(folder: string, servers: readonly string[]): void {
  if (existsSync(folder)) chmodSync(folder, 0o700);
  for (const { key } of [undefined, ...servers].map((server) => places(folder, server)))
    if (existsSync(key)) chmodSync(key, 0o600);
}

/**
 * Writes all pairs or none: every file is written beside its place first, then all are renamed; when that fails, what was
 * there comes back. A certificate is renamed before its key, so that after a power cut in between the certificate stands
 * alone or does not fit, which is seen. The files of an authority are never written over.
 */
export function writePairs(folder: string, pairs: readonly NewPair[]): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const ignore = join(folder, '.gitignore');
  if (!existsSync(ignore)) writeFileSync(ignore, IGNORE);
  const suffix = randomBytes(6).toString('hex');
  const files = pairs.flatMap(({ server, pair }) => {
    const { certificate, key } = places(folder, server);
    const replaces = server !== undefined;
    const [fresh, former] = [(file: string) => `${file}.${suffix}.new`, (file: string) => `${file}.${suffix}.old`];
    return [
      { file: certificate, text: pair.certificate, mode: 0o644, replaces },
      { file: key, text: pair.key, mode: 0o600, replaces },
    ].map((entry) => ({ ...entry, fresh: fresh(entry.file), former: former(entry.file) }));
  });
  const done: (() => void)[] = [];
  try {
    for (const { file, text, mode, fresh } of files) {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(fresh, text, { mode: 0o600, flag: 'wx', flush: true });
      chmodSync(fresh, mode);
    }
    for (const { file, fresh, former, replaces } of files) {
      if (!replaces) {
        // A link fails where a file is, even one that another process has just made.
        linkSync(fresh, file);
        done.push(() => rmSync(file));
      } else if (existsSync(file)) {
        linkSync(file, former);
        done.push(() => renameSync(former, file));
        renameSync(fresh, file);
      } else {
        renameSync(fresh, file);
        done.push(() => rmSync(file));
      }
    }
  } catch (error) {
    for (const undo of done.reverse()) undo();
    throw error;
  } finally {
    for (const { fresh, former } of files) for (const file of [fresh, former]) rmSync(file, { force: true });
  }
}

function places(folder: string, server?: string): { readonly certificate: string; readonly key: string } {
  return server === undefined
    ? { certificate: join(folder, 'ca.pem'), key: join(folder, 'ca.key') }
    : { certificate: join(folder, server, 'server.crt'), key: join(folder, server, 'server.key') };
}
