import { standbyRequest } from '../../../../lib/topology/standby-request';
import { HANDED_OVER } from '../planned-switch';
import { predictedService, switchesOf } from '../expectation';
import { addSwitch } from '../store';
import { judge } from '../verdict';
import type { MailDrill } from './drill';

/** Messages that wait in the queue when it is handed over: whoever gets it tries them all at once. */
const QUEUED = 30;
const FILLED = 120;

/** A queue goes to the other server and back; the interruption of its deliveries gives the step times of other predictions. */
export const mailSwitch: MailDrill = {
  name: 'mail-switch',
  title: 'An operator hands the queue of a server that delivers to the other server, and back',
  // After a power cut nobody can send until the survivor may write. A node that is busy with traffic gives other step times.
  senders: 1,
  run: async (session) => {
    const [server, other] = session.mail.both;
    const { pair } = session.mail;
    const predicted = predictedService(
      server.facts.name,
      session.outcomeOf(server, { kind: 'planned-switch', host: server.facts.host }),
    );
    const group = pair.groups.find(({ facts }) => facts.name === server.facts.name)?.facts.id;
    const known = switchesOf(session.switches, group).length > 0;
    if (known) session.expects([predicted]);
    await session.begin('defer');
    const filled = await session.waitFor(FILLED, () => session.waiting(server.address).length >= QUEUED);
    session.check(`${QUEUED} messages wait in the queue of ${server.facts.name}`, filled);
    // What waits is not tried again soon, so that it is there for the other server; what is new goes out.
    session.setSink('take');
    const began = await session.waitFor(60, () => session.arrivalsOf(server.address).length > 0);
    session.check(`${server.facts.name} delivers`, began);

    await session.inject(`hb_standby on ${server.node}`, async () => {
      await pair.lab.sshMust(server.node, standbyRequest('local'));
    });
    const moved = (): boolean => session.arrivalsOf(server.address).some(({ from }) => from === other.address);
    session.check(`${other.node} delivers`, await session.waitFor(HANDED_OVER, moved));
    const arrivals = session.arrivalsOf(server.address);
    const first = arrivals.find(({ from }) => from === other.address)?.at ?? 0;
    const last = arrivals.findLast(({ from }) => from === server.address)?.at ?? 0;
    const interruption = first - last;
    session.measuredFrom = 'last-answer';
    session.measured = [
      { client: server.facts.name, failed: 0, ended: true, outage: interruption, sinceFault: first - session.fault },
    ];
    for (const measured of session.measured) {
      if (!known) break;
      session.add(judge(predicted, measured, 'last-answer', true));
    }
    session.event(`a switch of ${server.facts.name}: ${(interruption / 1000).toFixed(1)} s`);
    if (interruption > 0) addSwitch(pair.lab, { interruption, ...(group === undefined ? {} : { group }) });

    const away = await pair.wait(HANDED_OVER, (facts) => pair.troubles(facts, pair.allOn(other.node)));
    session.check(`${other.node} runs both queues`, away.troubles.length === 0, away.troubles.join('; '));
    await pair.lab.sshMust(other.node, standbyRequest('foreign'));
    const home = await pair.wait(HANDED_OVER, (facts) => pair.troubles(facts, pair.atHome));
    session.check('both queues are at home again', home.troubles.length === 0, home.troubles.join('; '));
    for (const { node, facts } of session.mail.servers) await session.mail.flush(node, facts);
    await session.verify();
    session.checkNothingLost();
    const twice = session.twice();
    session.check('nothing came twice', twice.length === 0, twice.map(({ recipient }) => recipient).join(', '));
  },
};
