import { lookup } from '../../topology/lookup';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { UnreachableError, type Remote } from '../remote/remote';
import type { ExpectedFile } from './drift/file-drift';
import type { HostLook, NodeState } from './facts';
import { compareContents, compareFiles } from './parse/files';
import { manifestLines, parseNodeState, type Moment } from './parse/node-state';
import { contentScript, probeScript } from './probe';
import { questionsFor } from './questions';
import { readSections, sectionLine } from './sections';

/** What a look at a deployment needs. */
export interface LookOptions {
  readonly remote: Remote;
  /** The rendered files of a host by its name; undefined where they are not at hand. */
  readonly files: (host: string) => readonly ExpectedFile[] | undefined;
  /** @default - all hosts that status asks */
  readonly hosts?: readonly HostFacts[];
  /**
   * Seconds for all that a host is asked.
   * @default 60
   */
  readonly timeout?: number;
}

/** Most files whose text is looked at in one go; more of them differ only when a whole bundle does. */
const SHOWN_FILES = 20;

/** The script comes as input: it has no limit there, and the list of processes does not show it. */
const RUN_INPUT = 'eval "$(cat)"';

/** Looks at all hosts at the same time. Nothing is changed on them. */
export function lookAtHosts(topology: Topology, options: LookOptions): Promise<readonly HostLook[]> {
  const { hosts = askedHosts(topology) } = options;
  return Promise.all(hosts.map((host) => lookAtHost(topology, host, options)));
}

/** A host that is there for its directory server alone is seen over LDAP, from any machine (F23). */
export function askedHosts(topology: Topology): readonly HostFacts[] {
  const facts = lookup(topology);
  const busy = [
    ...topology.mailServers.map(({ host }) => host),
    ...topology.loadBalancers.flatMap(({ balancer }) => (balancer.kind === 'software' ? balancer.hosts : [])),
  ];
  return topology.hosts.filter(
    ({ id }) =>
      busy.includes(id) ||
      facts.clustersOf(id).length > 0 ||
      !topology.directoryServers.some(({ host }) => host === id),
  );
}

async function lookAtHost(topology: Topology, host: HostFacts, options: LookOptions): Promise<HostLook> {
  const { id, name } = host;
  try {
    return { host: id, name, reached: true, state: await nodeState(topology, host, options) };
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    return { host: id, name, reached: false, reason: error.message };
  }
}

async function nodeState(topology: Topology, host: HostFacts, options: LookOptions): Promise<NodeState> {
  const { remote, files: filesOf, timeout = 60 } = options;
  const files = filesOf(host.name);
  const questions = questionsFor(topology, host);
  // The connection first: the time that it takes would count as doubt about the clock.
  await remote.run(host, ':', { timeout });
  const { sections, moment } = await ask(remote, host, probeScript(questions, files), timeout);
  const state = parseNodeState(topology, host, questions, sections, moment);
  if (!files) return state;
  const { drift, readable, closed } = compareFiles(files, sections, manifestLines(topology.name, sections));
  const contents = await contentDrift(remote, host, readable, closed, timeout);
  const all = [...drift, ...contents].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { ...state, files: { compared: files.length, drift: all } };
}

async function contentDrift(
  remote: Remote,
  host: HostFacts,
  readable: readonly ExpectedFile[],
  closed: readonly ExpectedFile[],
  timeout: number,
): Promise<ReturnType<typeof compareContents>> {
  if (readable.length + closed.length === 0) return [];
  const paths = readable.slice(0, SHOWN_FILES).map((file) => file.path);
  const script = contentScript(paths, closed.slice(0, SHOWN_FILES));
  return compareContents(readable, closed, (await ask(remote, host, script, timeout)).sections);
}

/** Runs a script that ends with a section `end`, and notes when its first line came. */
async function ask(
  remote: Remote,
  host: HostFacts,
  script: string,
  timeout: number,
): Promise<{ readonly sections: ReadonlyMap<string, string>; readonly moment: Moment }> {
  const asked = Date.now() / 1000;
  let answered: number | undefined;
  let begun = false;
  const progress = (line: string): void => {
    if (begun) answered ??= Date.now() / 1000;
    begun ||= line === sectionLine('clock');
  };
  const { stdout, stderr, status } = await remote.run(host, RUN_INPUT, { input: script, timeout, progress });
  const sections = readSections(stdout);
  if (!sections.has('end'))
    throw new UnreachableError(
      `${host.name}: the look at it did not come to its end (${stderr.trim() || `exit code ${status}`})`,
    );
  return { sections, moment: { asked, answered: answered ?? Date.now() / 1000 } };
}
