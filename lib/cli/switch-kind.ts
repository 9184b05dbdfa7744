import type { Topology } from '../topology/topology';
import { UserError } from './user-error';

/** What a switch is about. */
export type SwitchKind = 'cluster' | 'directory' | 'mail' | 'site';

/** The options that choose what a switch is about, and how. */
export interface SwitchWords {
  readonly to?: string;
  readonly site?: string;
  readonly group?: string;
  readonly directory?: string;
  readonly mail?: string;
  readonly timeout?: string;
  readonly forced?: boolean;
  readonly cutOff?: boolean;
  readonly confirmOff?: string;
  readonly fence?: boolean;
  readonly acceptInconsistent?: boolean;
  readonly acceptLoss?: boolean;
}

/** Options beside `--to` and `--timeout`, and what kinds of switch take them. */
const OPTIONS: readonly {
  readonly name: string;
  readonly given: (words: SwitchWords) => boolean;
  readonly kinds: readonly SwitchKind[];
  readonly forcedOnly?: true;
}[] = [
  { name: '--group', given: ({ group }) => group !== undefined, kinds: ['cluster'] },
  { name: '--directory', given: ({ directory }) => directory !== undefined, kinds: ['directory'] },
  { name: '--mail', given: ({ mail }) => mail !== undefined, kinds: ['mail'] },
  { name: '--to', given: ({ to }) => to !== undefined, kinds: ['cluster', 'directory', 'mail'] },
  {
    name: '--confirm-off',
    given: ({ confirmOff }) => confirmOff !== undefined,
    kinds: ['cluster', 'mail', 'site'],
    forcedOnly: true,
  },
  { name: '--fence', given: ({ fence }) => fence === true, kinds: ['cluster', 'site'], forcedOnly: true },
  {
    name: '--accept-inconsistent',
    given: ({ acceptInconsistent }) => acceptInconsistent === true,
    kinds: ['cluster', 'site'],
    forcedOnly: true,
  },
  {
    name: '--accept-loss',
    given: ({ acceptLoss }) => acceptLoss === true,
    kinds: ['directory', 'site'],
    forcedOnly: true,
  },
  { name: '--cut-off', given: ({ cutOff }) => cutOff === true, kinds: ['site'], forcedOnly: true },
];

const PLURALS: Readonly<Record<SwitchKind, string>> = {
  cluster: 'clusters',
  directory: 'directories',
  mail: 'queues of mail servers',
  site: 'sites',
};

const THIS: Readonly<Record<SwitchKind, string>> = {
  cluster: 'a cluster',
  directory: 'a directory',
  mail: 'the queue of a mail server',
  site: 'a site',
};

/** Finds options that need others, before anything is read. @throws UserError */
export function checkWords(words: SwitchWords): void {
  if (words.to === undefined && words.site === undefined)
    throw new UserError('name the node, server or host that shall take over with --to, or a site with --site');
  const forcedOnly = OPTIONS.filter((one) => one.forcedOnly && one.given(words)).map(({ name }) => name);
  if (!words.forced && forcedOnly.length > 0)
    throw new UserError(`${forcedOnly.join(' and ')} works with --forced only; add it`);
  if (words.confirmOff !== undefined && words.fence)
    throw new UserError('--confirm-off and --fence exclude each other; a node that is off needs no fencing device');
}

/**
 * What a switch of a deployment is about.
 * @throws UserError for options of another kind
 */
export function switchKind(topology: Topology, words: SwitchWords): SwitchKind {
  const kind = kindOf(topology, words);
  const others = OPTIONS.filter((one) => one.given(words) && !one.kinds.includes(kind));
  const [first] = others;
  if (!first) return kind;
  const takers = [...new Set(others.flatMap(({ kinds }) => kinds))].map((one) => PLURALS[one]);
  throw new UserError(
    `${others.map(({ name }) => name).join(' and ')} is for ${takers.join(' and ')}, and this is ${THIS[kind]}; leave it out`,
  );
}

function kindOf(topology: Topology, { to, site, mail, directory, group }: SwitchWords): SwitchKind {
  if (site !== undefined) return 'site';
  if (mail !== undefined) return 'mail';
  const node = topology.clusters.some(({ nodes }) =>
    nodes.some((id) => topology.hosts.some((host) => host.id === id && host.name === to)),
  );
  const server = topology.directoryServers.some(({ name }) => name === to);
  if (node && server && directory === undefined && group === undefined)
    throw new UserError(`${to} is a node and a directory server; say which with --group or --directory`);
  return directory !== undefined ||
    (topology.clusters.length === 0 && topology.directories.length > 0) ||
    (server && !(node && group !== undefined))
    ? 'directory'
    : 'cluster';
}
