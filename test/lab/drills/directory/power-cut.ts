import type { DirectoryServerFacts } from '../../../../lib/topology/replication';
import { WRITER } from '../../clients/directory-plan';
import { powerCut, powerOn } from '../../faults';
import { LabError } from '../../topology-lab/plan';
import { addReturn } from '../store';
import type { DirectoryDrill } from './drill';
import { powerCutExpectation } from './expectation';
import type { Servers } from './servers';
import type { DirectorySession } from './session';

/** Seconds without power, and of these until it is looked who takes writes; an answer of all nodes takes some seconds. */
const OFF = 15;
const LOOKED_AT = 8;
/** Seconds that a machine may have no power beyond what was predicted with. */
const LATE = 1;
/** Seconds until a node that has power again must serve: it boots, slapd starts, the copy is brought up to date. */
const RETURNED = 120;
/** How often clients are served before, and have to be served after. */
const SERVED = 5;

/** A mirror loses power and comes back: nobody else notices. */
export const mirrorPowerCut: DirectoryDrill = {
  name: 'mirror-power-cut',
  title: 'A mirror loses power, and returns by itself',
  run: (session) => {
    const mirror = session.servers.members.find(({ node }) => node !== session.master);
    if (!mirror) throw new LabError('the group has no mirror');
    return cutAndReturn(session, mirror.node);
  },
};

/** The master loses power: nobody becomes master by himself, and it takes writes again when its mirrors agree. */
export const masterPowerCut: DirectoryDrill = {
  name: 'master-power-cut',
  title: 'The master loses power, nobody switches, and it returns as master',
  run: (session) => cutAndReturn(session, session.master),
};

async function cutAndReturn(session: DirectorySession, victim: string): Promise<void> {
  const { servers } = session;
  const server = serverOn(servers, victim);
  session.expects(
    powerCutExpectation(servers, { victim: server, master: serverOn(servers, session.master) }, OFF, session.returns),
  );
  await session.start(SERVED);
  await session.inject(`power of ${victim} cut`, () => powerCut(servers.lab, victim));
  await session.watch(LOOKED_AT);
  await checkMasters(session, victim);
  await session.watch(OFF - (Date.now() - session.fault) / 1000);
  const powered = Date.now();
  const without = (powered - session.fault) / 1000;
  session.check(`${victim} was without power for ${OFF} s`, without <= OFF + LATE, `${without.toFixed(1)} s`);
  await powerOn(servers.lab, victim);
  session.event(`power of ${victim} back`, powered);
  const back = await session.cameBackOf(interrupted(session, victim), SERVED, RETURNED);
  session.check('every client is served again', back);
  const { troubles } = await servers.wait(RETURNED, (facts) =>
    facts.some(({ node, runs, closed }) => node === victim && runs && !closed) ? [] : [`${victim} does not serve`],
  );
  session.check(`${victim} returns by itself`, troubles.length === 0, troubles.join('; '));
  session.event(`${victim} serves`);
  await session.served(SERVED);
  if (session.returns.length === 0) {
    session.report('  the first return of a server gives the times of others; it is compared with nothing');
    session.predicted = session.predicted.filter(({ state }) => state !== 'interrupted');
  }
  session.judge();
  keepReturn(session, server, powered);
  await session.verify();
  session.checkNothingLost();
  const [master] = servers.masters(await servers.facts());
  session.check(
    `${session.master} is master as before`,
    master === session.master,
    `${master ?? 'nobody'} takes writes`,
  );
}

/**
 * The time from power on to the first answer of a server gives the times of the next drill. One that was not as it had to be
 * gives none: a server that waited for something would make every later prediction as long.
 */
function keepReturn(session: DirectorySession, { id, name }: DirectoryServerFacts, powered: number): void {
  const sinceFault = session.measured.find(({ client }) => client === name)?.sinceFault;
  if (sinceFault === undefined || session.checks.some(({ held }) => !held)) return;
  const took = session.fault + sinceFault - powered;
  session.event(`a return of ${name}: ${(took / 1000).toFixed(1)} s from power on`);
  addReturn(session.servers.lab, { server: id, took });
}

/** Without its master a group takes no writes until a person switches (F16). */
async function checkMasters(session: DirectorySession, victim: string): Promise<void> {
  const { servers, master } = session;
  const found = servers.masters(await servers.facts());
  const wanted = victim === master ? [] : [master];
  const detail = found.length === 0 ? 'nobody takes writes' : `${found.join(' and ')} takes writes`;
  session.check('nobody becomes master by himself', found.join() === wanted.join(), detail);
}

function serverOn({ all }: Servers, node: string): DirectoryServerFacts {
  const found = all.find((one) => one.node === node);
  if (!found) throw new LabError(`no server of the directory is on ${node}`);
  return found.facts;
}

const interrupted = ({ servers, master }: DirectorySession, victim: string): readonly string[] => [
  ...servers.readersOn(victim),
  ...(victim === master ? [WRITER] : []),
];
