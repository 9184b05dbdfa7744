import type { Topology } from '../../topology/topology';
import type { DirectoryOperation } from '../directory/directory-operation';
import { gather, leave } from '../directory/switch/party';
import { agreed, DeclinedError, isInterrupted, RefusedError, UnfinishedError, type Operation } from '../pair/operation';
import { UnreachableError } from '../remote/remote';
import { listText } from '../status/assess/finding';
import { forcedSwitch } from '../switch/forced';
import { plannedSwitch } from '../switch/planned';
import { agreeing, moveDirectory } from './move-directory';
import { deliverQueues, settledServices, servicesText } from './services';
import { siteMoveOf, type SiteMove } from './site-move';
import { byHandLines, waitingLines } from './words';

/** What a switch to a site is asked for. */
export interface SiteSwitchRequest {
  /** Name of the site that shall serve; `primary`: the primary one. */
  readonly site: string;
  /** The other side is lost. */
  readonly forced: boolean;
  /** With `forced`: it answers here, and its clients do not reach it. */
  readonly cutOff: boolean;
  readonly acceptLoss: boolean;
  readonly confirmOff?: string;
  readonly fence: boolean;
  readonly acceptInconsistent: boolean;
  /** Seconds for each step. @default - what each step takes by itself */
  readonly timeout?: number;
}

/** What a switch to a site works with. */
export interface SiteOperation {
  readonly operation: Operation;
  readonly topology: Topology;
  /** Absent without directories. */
  readonly directories?: DirectoryOperation;
  /** Keeps LDIF of a server, for its owner alone. Gives the name of the file. */
  save(server: string, ldif: string): string;
}

/** Seconds in which mail servers and load balancers have to serve. */
const SERVING = 60;

/** Seconds in which queues are watched while they are delivered. */
const DELIVERING = 120;

/** Seconds for a host to answer. */
const ASKING = 15;

interface SiteStep {
  readonly title: string;
  run(): Promise<void>;
}

/**
 * Lets one site serve instead of the other: in order the masters of directories, clusters of both sites, mail and load
 * balancers (S9, F7, F25). What happens by itself is looked at, what a person does is told. What is done already is left as
 * it is, so it may be run again.
 * @throws RefusedError with every reason, and nothing was changed
 * @throws UnfinishedError with what does not serve
 */
export async function siteSwitch(work: SiteOperation, request: SiteSwitchRequest): Promise<void> {
  const { operation, topology } = work;
  const move = siteMoveOf(topology, request.site);
  const { to, from } = move;
  const others = listText(from);
  operation.say(`looking at site ${to}, and whether ${others} answers`);
  const alive = await answering(work, move);
  const reasons = obstacles(topology, move, request, alive);
  if (reasons.length > 0) throw new RefusedError(`site ${to} can not be switched to; nothing was changed`, reasons);
  if (request.forced) for (const line of waitingLines(move)) operation.say(line);
  await agreed(operation, `let site ${to} serve ${request.forced ? 'without' : 'instead of'} ${others}?`, to);
  const failures = await inOrder(operation, stepsOf(work, move, request));
  for (const line of byHandLines(topology, move)) operation.say(line);
  if (failures.length > 0)
    throw new UnfinishedError(`site ${to} does not serve all of it`, failures, [
      `mend it and run this again: what is done is left as it is`,
      `tandem status ${topology.name}`,
    ]);
  operation.say(`site ${to} serves`);
}

/** Names of what answers on the other side. */
async function answering({ operation, directories }: SiteOperation, move: SiteMove): Promise<readonly string[]> {
  const hosts = move.others.map(async (host) => {
    try {
      await operation.remote.run(host, ':', { timeout: ASKING });
      return [`host ${host.name}`];
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error;
      return [];
    }
  });
  const servers = move.directories.map(async (site) => {
    if (!directories) return [];
    const party = await gather(directories, site);
    await leave(party);
    const there = move.others.map(({ id }) => id);
    return [...party.present, ...party.absent.filter(({ answered }) => answered)]
      .filter(({ server }) => there.includes(server.host))
      .map(({ name }) => `directory server ${name}`);
  });
  return [...new Set((await Promise.all([...hosts, ...servers])).flat())];
}

function obstacles(
  topology: Topology,
  { to, from, way }: SiteMove,
  { forced, cutOff }: SiteSwitchRequest,
  alive: readonly string[],
): readonly string[] {
  if (!forced || cutOff || alive.length === 0) return [];
  const others = listText(from);
  return [
    `${listText(alive)} of site ${others} answers: switch without --forced, which loses nothing (tandem switch ${topology.name} --site ${to})`,
    ...(way === 'there' ? [`or add --cut-off, when clients do not reach site ${others} and this machine does`] : []),
  ];
}

function stepsOf(work: SiteOperation, move: SiteMove, request: SiteSwitchRequest): readonly SiteStep[] {
  const { operation, topology, directories } = work;
  const { forced, timeout } = request;
  return [
    ...(directories
      ? move.directories.map((site) => ({
          title: `the master of directory ${site.directory.name}`,
          run: () =>
            moveDirectory(directories, site, { forced, acceptLoss: request.acceptLoss, timeout, save: work.save }),
        }))
      : []),
    ...move.nodes.map(({ name }) => ({
      title: `the cluster of ${name}`,
      run: () =>
        forced
          ? forcedSwitch(operation, topology, {
              ...{ to: name, timeout, confirmOff: request.confirmOff, fence: request.fence },
              acceptInconsistent: request.acceptInconsistent,
            })
          : plannedSwitch(agreeing(operation), topology, { to: name, timeout }),
    })),
    ...(move.pairs.length + move.balancers.length > 0
      ? [{ title: 'mail and load balancers', run: () => serve(work, move, timeout ?? SERVING) }]
      : []),
    ...(move.way === 'back' && move.pairs.length > 0
      ? [
          {
            title: 'queues of the site',
            run: async () => {
              for (const line of await deliverQueues(operation, topology, move, timeout ?? DELIVERING))
                operation.say(line);
            },
          },
        ]
      : []),
  ];
}

async function serve({ operation, topology }: SiteOperation, move: SiteMove, limit: number): Promise<void> {
  const services = await settledServices(operation, topology, move, limit);
  for (const line of servicesText(services)) operation.say(line);
  const failed = services.failed.filter(({ severity }) => severity === 'failed');
  if (failed.length > 0)
    throw new UnfinishedError(
      'not everything serves',
      failed.map(({ problem }) => problem),
      failed.map(({ remedy }) => remedy),
    );
  for (const { severity, problem } of services.failed) operation.say(`${severity}: ${problem}`);
}

/** Runs all steps, also after one that failed: mail does not wait for a directory. Gives what failed. */
async function inOrder(operation: Operation, steps: readonly SiteStep[]): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const [index, { title, run }] of steps.entries()) {
    if (isInterrupted(operation)) {
      failures.push(`${title}: not begun`);
      continue;
    }
    operation.say(`step ${index + 1} of ${steps.length}: ${title}`);
    try {
      await run();
    } catch (error) {
      const expected = [RefusedError, UnfinishedError, DeclinedError].some((kind) => error instanceof kind);
      if (!expected) throw error;
      const { message } = error as Error;
      operation.say(message);
      failures.push(`${title}: ${message.split('\n', 1)[0]}`);
    }
  }
  return failures;
}
