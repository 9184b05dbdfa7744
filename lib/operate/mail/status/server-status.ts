import { lookup } from '../../../topology/lookup';
import type { MailPairFacts, MailServerFacts } from '../../../topology/mail';
import { mailGraph } from '../../../topology/mail-graph';
import type { Topology } from '../../../topology/topology';
import type { ConstructPath } from '../../../topology/units';
import type { HostLook } from '../../status/facts';
import type { QueueState } from './state';

/** A mail server as one host of its pair sees it. */
export interface MailServerView {
  readonly host: string;
  readonly home: boolean;
  /** Absent: the host did not answer, or its program did not. */
  readonly queue?: QueueState;
  /** Whether the server greets, as heard there; absent: the host did not answer. */
  readonly greets?: boolean;
  /** What the watcher there says of it; absent where nobody watches. */
  readonly watch?: string;
}

/** A mail server on all hosts of its pair. */
export interface MailServerStatus {
  readonly pair: string;
  readonly server: string;
  readonly path: ConstructPath;
  /** Name of its own host. */
  readonly home: string;
  /** Names of the hosts that run an instance on its queue: one, when all is well. */
  readonly servedBy: readonly string[];
  /**
   * `home`, `peer`, `twice`; `unseen`: it greets, and the host that runs it could not be asked; `hangs`: somebody has the
   * lock of the queue, or runs it, and the server does not greet; `nowhere`; `unknown`: nobody could be asked.
   */
  readonly now: 'home' | 'peer' | 'twice' | 'unseen' | 'hangs' | 'nowhere' | 'unknown';
  /** The queue as the host that serves it sees it, else as anybody does; absent: nobody saw it. */
  readonly queue?: QueueState;
  /** Whether anybody heard it greet; absent: nobody could be asked. */
  readonly greets?: boolean;
  readonly views: readonly MailServerView[];
  /** Names of the hosts of the pair that did not answer. */
  readonly unreached: readonly string[];
}

/** The word of a watcher for a server that holds its lock and does not answer. */
const HANGS = /^held\b/;

/** All mail servers of pairs, in the order of the pairs. Pure. */
export function mailServerStatuses(topology: Topology, looks: readonly HostLook[]): readonly MailServerStatus[] {
  const graph = mailGraph(topology);
  return topology.mailPairs.flatMap((pair) =>
    graph.serversOf(pair).map((server) => serverStatus(topology, pair, server, looks)),
  );
}

function serverStatus(
  topology: Topology,
  pair: MailPairFacts,
  server: MailServerFacts,
  looks: readonly HostLook[],
): MailServerStatus {
  const hosts = mailGraph(topology).hostsOf(pair);
  const views = looks
    .filter(({ host, reached }) => reached && hosts.includes(host))
    .map((look) => viewOf(server, look));
  const running = views.filter(({ queue }) => queue?.state === 'running');
  const asked = views.some(({ greets }) => greets !== undefined);
  return {
    pair: pair.name,
    server: server.name,
    path: server.path,
    home: lookup(topology).host(server.host).name,
    servedBy: running.map(({ host }) => host),
    now: nowOf(server, views),
    queue: [...running, ...views].find(({ queue }) => queue?.counts)?.queue,
    ...(asked ? { greets: views.some(({ greets }) => greets) } : {}),
    views,
    unreached: looks.filter(({ host, reached }) => !reached && hosts.includes(host)).map(({ name }) => name),
  };
}

function viewOf(server: MailServerFacts, look: HostLook): MailServerView {
  const mail = look.reached ? look.state.mail : undefined;
  const watch = mail?.watch[server.name];
  return {
    host: look.name,
    home: look.host === server.host,
    queue: mail?.queues.find((queue) => queue.server === server.name),
    greets: mail?.greetings[server.name],
    ...(watch === undefined ? {} : { watch }),
  };
}

function nowOf({ software }: MailServerFacts, views: readonly MailServerView[]): MailServerStatus['now'] {
  const heard = views.flatMap(({ greets }) => greets ?? []);
  const greets = heard.includes(true);
  if (heard.length === 0) return 'unknown';
  // Nothing but a greeting is known of other software.
  if (software !== 'postfix') return greets ? 'home' : 'nowhere';
  const running = views.filter(({ queue }) => queue?.state === 'running');
  const [one, second] = running;
  if (second) return 'twice';
  if (one) return one.home ? (greets ? 'home' : 'hangs') : 'peer';
  if (greets) return 'unseen';
  const held = views.some(({ queue, watch }) => queue?.state === 'held' || HANGS.test(watch ?? ''));
  if (held) return 'hangs';
  return views.some(({ queue }) => queue?.state === 'stopped') ? 'nowhere' : 'unknown';
}
