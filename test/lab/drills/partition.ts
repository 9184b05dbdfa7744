import { readFileSync } from 'node:fs';
import { sleep } from '../host/execute';
import type { Drill } from './drill';
import { cutAllPaths, healPath } from './path-cut';
import type { Session } from './session';

/** Seconds that the paths stay cut: three boots of a node with its initdead. */
const CUT = 150;
const HEALED = 300;

/** All paths between the nodes are cut, but both reach the power switch: one of them is shot, once. */
export const partition: Drill = {
  name: 'partition',
  title: `All paths between the nodes are cut for ${CUT} s; both reach the power switch`,
  run: async (session) => {
    const { pair } = session;
    session.predict([{ kind: 'heartbeat-cut', cluster: pair.cluster.id }]);
    await session.start();
    const before = resets(session);
    await session.inject('all paths between the nodes cut', () => cutAllPaths(session));
    const twice = await watchHolders(session);
    session.check('never two nodes with the address or with primary volumes', twice.length === 0, twice.join('; '));
    await session.served(3).then(
      () => session.check('clients are served while the paths are cut', true),
      (error: Error) => session.check('clients are served while the paths are cut', false, error.message),
    );
    session.judge();
    const shot = resets(session).slice(before.length);
    session.check('exactly one node is reset, once', shot.length === 1, shot.join('; ') || 'no reset');
    for (const link of pair.cluster.links) await healPath(pair, link);
    session.event('all paths whole');
    const { troubles } = await pair.wait(HEALED, (facts) => pair.troubles(facts));
    session.check('no split brain is left, the pair is whole', troubles.length === 0, troubles.join('; '));
    const later = resets(session).slice(before.length + shot.length);
    session.check('nobody is reset after the heal', later.length === 0, later.join('; '));
    await session.served(3);
    await session.verify();
    session.checkNothingLost();
  },
};

/** What the power switch did so far. */
export function resets({ pair }: Session): readonly string[] {
  const log = readFileSync(pair.lab.directory.file('actions.log'), 'utf8');
  return log.split('\n').filter((line) => /: (?:reset|off) of .*: ok/.test(line));
}

/** Asks the nodes again and again who has the address; what was seen of two is told. */
async function watchHolders({ pair, report, fault }: Session): Promise<readonly string[]> {
  const seen = new Set<string>();
  const end = fault + CUT * 1000;
  while (Date.now() < end) {
    const facts = await pair.facts();
    const at = ((Date.now() - fault) / 1000).toFixed(0);
    for (const group of pair.groups) {
      const { name } = group.facts;
      const holders = pair.holders(facts, group);
      const primaries = pair.primaries(facts, group);
      report(
        `  ${at} s ${name}: address on ${holders.join(', ') || 'none'}, primary on ${primaries.join(', ') || 'none'}`,
      );
      if (holders.length > 1) seen.add(`the address of ${name} is on both`);
      if (primaries.length > 1) seen.add(`volumes of ${name} are primary on both`);
    }
    await sleep(5);
  }
  return [...seen];
}
