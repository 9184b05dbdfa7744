import type { DirectoryFacts } from '../../../topology/replication';
import { replicationGraph } from '../../../topology/replication-graph';
import type { Topology } from '../../../topology/topology';
import { agreed, RefusedError } from '../../pair/operation';
import { contentDigest } from '../content';
import { holdsAll } from '../csn';
import type { DirectoryOperation } from '../directory-operation';
import { moveDatabaseAway } from '../move-away';
import { settled } from '../settled';
import { contextAt, gather, leave, type Party, type Present } from '../switch/party';

/** What a refill is asked for. */
export interface RefillRequest {
  /** The server whose copy is made anew. */
  readonly server: string;
  /** The server whose content counts. */
  readonly from: string;
  readonly directory?: string;
  /** Seconds for fetching everything anew. @default 600 */
  readonly timeout?: number;
}

const TIMEOUT = 600;

/**
 * Makes the copy of a server anew that says that it has every change and holds other data: after one side of a cut deleted an
 * entry and the other one changed it, nothing else mends it (B3 of the measurements). What it held stays on its host.
 * @throws RefusedError and nothing was changed
 * @throws UnfinishedError with what to do
 */
export async function refill(work: DirectoryOperation, request: RefillRequest): Promise<void> {
  const { operation, topology } = work;
  const { server: name, from } = request;
  const directory = directoryOf(topology, request);
  operation.say(`looking at the servers of directory ${directory.name}`);
  const party = await gather(work, { directory });
  let copies: readonly [Present, Present];
  try {
    copies = await copiesFor(topology, directory, party, request);
    await agreed(operation, `give up what ${name} holds and let it fetch everything anew?`, name);
    await moveDatabaseAway(work, directory, copies[0].server, 'refilled');
  } finally {
    await leave(party);
  }
  const { entries, seconds } = await settled(
    work,
    { directory },
    {
      ...{ reference: copies[1].server, servers: [copies[0].server], writes: false, limit: request.timeout ?? TIMEOUT },
      failure: `${name} does not hold what ${from} holds`,
    },
  );
  operation.say(`${name} holds the same ${entries} entries as ${from} after ${seconds} s`);
}

/** The directory by its name, or the only one of which both servers have a copy. */
function directoryOf(topology: Topology, { server, from, directory }: RefillRequest): DirectoryFacts {
  const graph = replicationGraph(topology);
  const holders = ({ id }: DirectoryFacts): readonly string[] =>
    graph.replicasOf(id).map((replica) => graph.server(replica.server).name);
  const found = topology.directories.filter(
    (one) => [server, from].every((name) => holders(one).includes(name)) && (directory ?? one.name) === one.name,
  );
  const [first, second] = found;
  if (server === from)
    throw new RefusedError('nothing was changed', [`${server} can not be filled from itself; name another server`]);
  if (!first)
    throw new RefusedError('nothing was changed', [
      `${directory === undefined ? 'no directory' : `directory ${directory}`} has ${directory === undefined ? '' : 'no '}copies on ${server} and ${from}`,
      ...topology.directories.map((one) => `${one.name} is on ${holders(one).join(', ')}`),
    ]);
  if (second)
    throw new RefusedError('nothing was changed', [
      `both have copies of several directories (${found.map((one) => one.name).join(', ')}); name one with --directory`,
    ]);
  return first;
}

/** The copy that is given up and the one that counts, where nothing speaks against it. */
async function copiesFor(
  topology: Topology,
  directory: DirectoryFacts,
  { present, absent }: Party,
  { server: name, from }: RefillRequest,
): Promise<readonly [Present, Present]> {
  const at = (wanted: string): Present | undefined => present.find((one) => one.name === wanted);
  const [target, reference] = [at(name), at(from)];
  const missing = [name, from]
    .filter((wanted) => !at(wanted))
    .map(
      (wanted) =>
        `${wanted} ${absent.some((one) => one.name === wanted) ? `does not answer: ${absent.find((one) => one.name === wanted)?.reason}` : 'is no server of OpenLDAP: use tandem-ds389-initialize --again there'}`,
    );
  const refused = (...reasons: readonly string[]): RefusedError =>
    new RefusedError(`${name} can not be filled anew; nothing was changed`, reasons);
  if (!target || !reference) throw refused(...missing);
  const closed = [target, reference].filter(({ state }) => state.closed);
  if (closed.length > 0)
    throw refused(
      ...closed.map((one) => `${one.name} is closed, so that nobody can see what it holds; tandem status says why`),
    );
  const single = topology.failoverGroups.some((group) => group.directory === directory.id);
  if (single && !target.state.readOnly && target.copy.replica.role !== 'hub' && target.copy.replica.role !== 'consumer')
    throw refused(`${name} takes the writes of the group: tandem switch ${topology.name} --to SERVER first`);
  const [own, wanted] = await Promise.all([contextAt(target), contextAt(reference)]);
  if (!own || !wanted) throw refused('it does not show what it holds; look at tandem status');
  if (!holdsAll(wanted, own))
    throw refused(`${name} has changes that ${from} has not got yet; wait until tandem status shows no lag`);
  const others = await differingSuppliers(present, target, reference);
  if (others.length > 0)
    throw refused(
      ...others.map((other) => `${other} also holds other data than ${from}, and ${name} would read from it`),
    );
  return [target, reference];
}

/** Others that take writes and hold something else than the reference: whoever reads from both gets both. */
async function differingSuppliers(
  present: readonly Present[],
  target: Present,
  reference: Present,
): Promise<readonly string[]> {
  const { part } = reference.copy;
  const others = present.filter(
    (one) => one !== target && one !== reference && one.copy.replica.role === 'supplier' && !one.state.closed,
  );
  if (!part || others.length === 0) return [];
  const { digest } = await contentDigest(reference.session, part);
  const digests = await Promise.all(others.map(async (one) => (await contentDigest(one.session, part)).digest));
  return others.filter((_, index) => digests[index] !== digest).map((one) => one.name);
}
