import type { RenderedFile } from '../render/file';
import { renderedFiles } from '../target/rendered-files';
import type { HostFacts } from '../topology/site';
import type { Topology } from '../topology/topology';

/** The rendered files of one host. */
export interface HostFiles {
  readonly host: HostFacts;
  /** Sorted by path. */
  readonly files: readonly RenderedFile[];
}

/** The files of a host; rendered once, however many of them a test compares. */
export function filesOf(topology: Topology, host: HostFacts): HostFiles {
  return { host, files: renderedFiles(topology, host.id) };
}

/**
 * The files of a host by its name.
 * @throws Error for an unknown host
 */
export function filesOfHostNamed(topology: Topology, name: string): HostFiles {
  const host = topology.hosts.find((candidate) => candidate.name === name);
  if (!host) {
    const names = topology.hosts.map((candidate) => candidate.name).join(', ');
    throw new Error(`[${topology.path}] has no such host ('${name}'); its hosts are: ${names}`);
  }
  return filesOf(topology, host);
}

/**
 * One file of a host by its path.
 * @throws Error for a path that the host does not get
 */
export function fileAt({ host, files }: HostFiles, path: string): RenderedFile {
  const file = files.find((candidate) => candidate.path === path);
  if (!file) {
    const paths = files.map((candidate) => `  ${candidate.path}\n`).join('');
    throw new Error(`[${host.path}] gets no such file ('${path}'); its files are:\n${paths}`);
  }
  return file;
}

/** One line for each file: mode, owner, group and path. */
export function fileIndex({ files }: HostFiles): string {
  return files.map((file) => `${file.mode} ${file.owner} ${file.group} ${file.path}\n`).join('');
}
