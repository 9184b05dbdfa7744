import { goldenDirectory, inside } from './golden-directory';
import { compareWithGolden, filesBelow, removeStale, shown } from './golden-file';
import type { GoldenFile } from './golden-file';
import { fileAt, fileIndex, filesOf, filesOfHostNamed } from './host-files';
import type { HostFiles } from './host-files';
import { hint, snapshotMode } from './matcher-context';
import type { MatcherContext, MatcherResult } from './matcher-context';
import { topologyOf } from './subject';

/** Name of the list of mode, owner, group and path that lies beside the golden files of a host. */
const INDEX = 'files.txt';

/** Matcher `toMatchHostFile`. */
export function toMatchHostFile(this: MatcherContext, received: unknown, host: string, path: string): MatcherResult {
  refuseNot(this, 'toMatchHostFile');
  const topology = topologyOf(received);
  const directory = inside(goldenDirectory(this.testPath), topology.name);
  const file = fileAt(filesOfHostNamed(topology, host), path);
  const problem = compareWithGolden(this, {
    title: `${host}:${path}`,
    path: inside(directory, host, path),
    content: file.content,
  });
  return {
    pass: problem === undefined,
    message: () => `${hint(this, 'toMatchHostFile', `'${host}', '${path}'`)}\n\n${problem}`,
  };
}

/** Matcher `toMatchAllHostFiles`. */
export function toMatchAllHostFiles(this: MatcherContext, received: unknown): MatcherResult {
  refuseNot(this, 'toMatchAllHostFiles');
  const topology = topologyOf(received);
  const directory = inside(goldenDirectory(this.testPath), topology.name);
  const goldens = topology.hosts.flatMap((host) => goldensOf(directory, filesOf(topology, host)));
  const problems = goldens.flatMap((golden) => compareWithGolden(this, golden) ?? []);
  const current = new Set(goldens.map((golden) => golden.path));
  const stale = filesBelow(directory).filter((path) => !current.has(path));
  if (snapshotMode(this) === 'all') {
    removeStale(this, directory, stale);
  } else {
    problems.push(
      ...stale.map(
        (path) => `${shown(path)} is the golden file of nothing that is rendered; delete it with --updateSnapshot`,
      ),
    );
  }
  return {
    pass: problems.length === 0,
    message: () => `${hint(this, 'toMatchAllHostFiles', '')}\n\n${problems.join('\n\n')}`,
  };
}

function goldensOf(directory: string, hostFiles: HostFiles): readonly GoldenFile[] {
  const { host, files } = hostFiles;
  return [
    {
      title: `${host.name}: mode, owner and group`,
      path: inside(directory, host.name, INDEX),
      content: fileIndex(hostFiles),
    },
    ...files.map((file) => ({
      title: `${host.name}:${file.path}`,
      path: inside(directory, host.name, file.path),
      content: file.content,
    })),
  ];
}

function refuseNot(context: MatcherContext, name: string): void {
  if (context.isNot) throw new Error(`${name} writes golden files and cannot be negated; remove .not`);
}
