import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Drill } from '../drills/drill';
import { installation } from '../drills/installation';
import type { Pair } from '../drills/pair';
import { cutAndReturn, powerCutDrill } from '../drills/power-cut';
import { LabError } from '../topology-lab/plan';

/** The deployment whose pair the opponent configures. */
const DEPLOYMENT = 'ox-cold-standby';

/** Seconds in which heartbeat ends, or starts with every resource. */
const RESTARTED = 420;

/** Where a node keeps its own files while the opponent's are in place. */
const KEPT = '/var/lib/tandem-lab-own';

/**
 * The files of heartbeat of a configuration by hand: the same deadtime, disks and daemons, no delay before the reset, no
 * watcher.
 */
async function usePlain(pair: Pair): Promise<void> {
  if (pair.topology.name !== DEPLOYMENT) throw new LabError(`the opponent is a configuration of ${DEPLOYMENT}`);
  const haresources = readFileSync(path.join(installation().repository, 'test/lab/opponent/haresources'), 'utf8');
  await restarted(
    pair,
    `[ -d ${KEPT} ] || { mkdir ${KEPT} && cp -a /etc/ha.d/ha.cf /etc/ha.d/haresources ${KEPT}/; }; ` +
      `cat >/etc/ha.d/haresources && sed 's#external/tandem-#external/#' ${KEPT}/ha.cf >/etc/ha.d/ha.cf`,
    haresources,
  );
}

/** The deployment's own files again. */
async function useOwn(pair: Pair): Promise<void> {
  await restarted(pair, `! [ -d ${KEPT} ] || { cp -a ${KEPT}/. /etc/ha.d/ && rm -r ${KEPT}; }`);
}

/** Changes files of heartbeat on both nodes while it runs on neither. */
async function restarted(pair: Pair, command: string, input = ''): Promise<void> {
  const { lab, nodes } = pair;
  for (const node of nodes) await lab.sshMust(node, 'systemctl stop heartbeat', { timeout: RESTARTED });
  for (const node of nodes) await lab.sshMust(node, command, { input });
  await Promise.all(nodes.map((node) => lab.sshMust(node, 'systemctl start heartbeat', { timeout: RESTARTED })));
  await pair.whole(RESTARTED);
}

/** The active node loses power, with the files of the opponent. Nothing is predicted of it. */
export const plainPowerCut: Drill = {
  name: 'plain-power-cut',
  title: 'The active node loses power, in a configuration by hand',
  begins: usePlain,
  run: (session) => cutAndReturn(session, { predicted: false }),
};

/** The same with the files of the deployment. */
export const ownPowerCut: Drill = { ...powerCutDrill, begins: useOwn };
