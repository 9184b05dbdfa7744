import type { BackupFacts } from '../../../lib/topology/backup';
import { lookup } from '../../../lib/topology/lookup';
import type { Drill } from './drill';
import { operator } from './operator';
import { prepareData } from './prepare';
import type { Session } from './session';

const STOPPED = 240;
const RESTORED = 900;

/** The data disks of both nodes are gone: made anew, filled from the last dumps (X10, X12). */
export const bothDisksDestroyed: Drill = {
  name: 'both-disks-destroyed',
  title: 'The data disks of both nodes are destroyed',
  run: async (session) => {
    const { pair, active } = session;
    session.predict([{ kind: 'data-disks-destroyed', cluster: pair.cluster.id }]);
    await session.start(10);
    const before = Date.now();
    for (const { name } of backups(session))
      await pair.lab.sshMust(active, `systemctl start tandem-backup-${name}.service`, { timeout: 120 });
    session.event('dumped');
    await session.served(5);
    await session.inject('data disks of both nodes destroyed', () => destroy(session));
    await session.watch(5);
    session.judge('fault', ({ kind }) => kind !== 'tcp');
    await session.stop();
    await operator(pair, 'restore', ['--yes'], RESTORED, session.report);
    session.event('tandem restore has ended');
    await prepareData(pair, () => undefined, ['mailbox']);
    await session.verify();
    for (const { service } of backups(session)) {
      const { name } = lookup(pair.topology).service(service);
      const lost = session.lostBefore(name, before);
      session.check(`${name}: everything from before the dump is there`, lost.length === 0, `${lost.length} missing`);
    }
    await prepareData(pair, () => undefined);
  },
};

function backups({ pair }: Session): readonly BackupFacts[] {
  const services = lookup(pair.topology).servicesOf(pair.group);
  return pair.topology.backups.filter(({ service }) => services.some(({ id }) => id === service));
}

/** Heartbeat must not find half a disk, so it is stopped first; then every part is overwritten. */
async function destroy({ pair, standby, active }: Session): Promise<void> {
  const { lab } = pair;
  for (const node of [standby, active]) await lab.sshMust(node, 'systemctl stop heartbeat', { timeout: STOPPED });
  for (const node of [standby, active]) {
    const parts = lab.node(node).disks.flatMap((disk) => disk.parts.map(({ path }) => path));
    const wipe = parts.map((part) => `dd if=/dev/zero of=${part} bs=1M status=none 2>/dev/null || true; sync ${part}`);
    await lab.sshMust(node, `drbdadm down all && { ${wipe.join('; ')}; }`, { timeout: STOPPED });
  }
}
