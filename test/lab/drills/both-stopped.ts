import { until } from '../host/execute';
import type { Drill } from './drill';

/** Seconds in which heartbeat ends: it finishes a takeover first, and then gives all of it up. */
const ENDED = 240;
/** Seconds until the other node begins to take over. */
const TAKES_OVER = 60;
/** Seconds from the start of heartbeat on both nodes to every service. */
const STARTED = 420;

/** The nodes are stopped for maintenance, the second one too soon. */
export const bothStopped: Drill = {
  name: 'both-stopped',
  title: 'Heartbeat is stopped on the active node, then on the other one in the middle of its takeover',
  run: async (session) => {
    const { pair, active, standby } = session;
    const { lab } = pair;
    const stop = (node: string): Promise<string> => lab.sshMust(node, 'systemctl stop heartbeat', { timeout: ENDED });
    await session.start();
    await session.inject(`heartbeat stopped on ${active}`, async () => {
      await stop(active);
    });
    const takesOver = await until(
      TAKES_OVER,
      async () => (await lab.ssh(standby, "pgrep -f 'ResourceManager takegroup'")).status === 0,
    );
    session.check(`${standby} takes over`, takesOver);
    session.event(`heartbeat is stopped on ${standby} in its takeover`);
    await stop(standby);
    session.event('heartbeat has ended there too');
    const told = await pair.facts();
    const left = pair.groups.flatMap((group) => pair.holders(told, group));
    session.check('no node has an address of a group', left.length === 0, left.join(' and '));
    session.event('heartbeat starts on both');
    for (const node of pair.nodes) await lab.sshMust(node, 'systemctl start --no-block heartbeat');
    const back = await session.cameBackOf(
      session.clients.map(({ name }) => name),
      5,
      STARTED,
    );
    session.check('every client is served again', back);
    session.judge();
    await session.verify();
    session.checkNothingLost();
  },
};
