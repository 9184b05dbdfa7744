import type { BackupFacts } from '../../../lib/topology/backup';
import { lookup } from '../../../lib/topology/lookup';
import { LabError } from '../topology-lab/plan';
import type { Drill } from './drill';
import { prepareData } from './prepare';
import type { Session } from './session';

const STOPPED = 240;
const STARTED = 420;

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
    await rebuild(session);
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

/**
 * New disks, as a person does it by the runbook: the steps of provisioning, then each store from its dump.
 * @returns who runs the group then
 */
async function rebuild(session: Session): Promise<string> {
  const { pair } = session;
  const { lab } = pair;
  const preferred = lookup(pair.topology).host(pair.group.preferred).name;
  const run = (node: string, command: string): Promise<string> => lab.sshMust(node, command, { timeout: STOPPED });
  await Promise.all(pair.nodes.map((node) => run(node, 'tandem-provision metadata')));
  await run(preferred, 'tandem-provision initialize');
  await Promise.all(pair.nodes.map((node) => run(node, 'tandem-provision --no-wait start')));
  session.event('disks and file systems made anew');
  const { facts, troubles } = await pair.wait(STARTED, (told) => pair.troubles(told));
  const holder = pair.placement(facts)[pair.group.name];
  if (holder === undefined) throw new LabError(`nothing runs on the new disks: ${troubles.join('; ')}`);
  session.event(`${holder} runs the group, empty`);
  for (const { name, service } of backups(session)) {
    const { unit } = lookup(pair.topology).service(service);
    const watcher = `tandem-monitor@${pair.group.name}.service`;
    const restore = `tandem-restore-${name} --yes --replace latest`;
    await run(holder, `systemctl stop '${watcher}' '${unit}'; ${restore} && systemctl start '${unit}' '${watcher}'`);
    session.event(`${name} restored`);
  }
  return holder;
}
