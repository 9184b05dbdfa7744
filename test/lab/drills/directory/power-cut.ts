import { WRITER } from '../../clients/directory-plan';
import { powerCut, powerOn } from '../../faults';
import { LabError } from '../../topology-lab/plan';
import type { PredictedService } from '../result';
import type { DirectoryDrill } from './drill';
import type { Servers } from './servers';
import type { DirectorySession } from './session';

/** Seconds without power. */
const OFF = 8;
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
  session.expects(predicted(servers, victim, session.master));
  await session.start(SERVED);
  await session.inject(`power of ${victim} cut`, () => powerCut(servers.lab, victim));
  await session.watch(OFF);
  await checkMasters(session, victim);
  await powerOn(servers.lab, victim);
  session.event(`power of ${victim} back`);
  const back = await session.cameBackOf(interrupted(session, victim), SERVED, RETURNED);
  session.check('every client is served again', back);
  const { troubles } = await servers.wait(RETURNED, (facts) =>
    facts.some(({ node, runs, closed }) => node === victim && runs && !closed) ? [] : [`${victim} does not serve`],
  );
  session.check(`${victim} returns by itself`, troubles.length === 0, troubles.join('; '));
  session.event(`${victim} serves`);
  await session.served(SERVED);
  session.judge();
  await session.verify();
  session.checkNothingLost();
  const [master] = servers.masters(await servers.facts());
  session.check(
    `${session.master} is master as before`,
    master === session.master,
    `${master ?? 'nobody'} takes writes`,
  );
}

/** Without its master a group takes no writes until a person switches (F16). */
async function checkMasters(session: DirectorySession, victim: string): Promise<void> {
  const { servers, master } = session;
  const found = servers.masters(await servers.facts());
  const wanted = victim === master ? [] : [master];
  const detail = found.length === 0 ? 'nobody takes writes' : `${found.join(' and ')} takes writes`;
  session.check('nobody becomes master by himself', found.join() === wanted.join(), detail);
}

const interrupted = ({ servers, master }: DirectorySession, victim: string): readonly string[] => [
  ...servers.readersOn(victim),
  ...(victim === master ? [WRITER] : []),
];

/** What the group says of the loss of a server: it is away for as long as it has no power, and the time of its return. */
function predicted(servers: Servers, victim: string, master: string): readonly PredictedService[] {
  const away = { lower: OFF * 1000, upper: (OFF + RETURNED) * 1000 };
  const of = (client: string, concerned: boolean, cause: string): PredictedService => ({
    client,
    state: concerned ? 'interrupted' : 'works',
    cause: concerned ? cause : 'other servers are not concerned',
    phases: [],
    ...(concerned ? away : {}),
  });
  return [
    of(WRITER, victim === master, 'the master takes the writes, and a person decides about another one'),
    ...servers.all.map(({ facts, node }) => of(facts.name, node === victim, 'the server has no power')),
  ];
}
