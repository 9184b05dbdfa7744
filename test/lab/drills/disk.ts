import { lookup } from '../../../lib/topology/lookup';
import type { OpenLdapSettings } from '../../../lib/topology/service';
import { fill, setDisk } from '../faults';
import { LabError } from '../topology-lab/plan';
import { until } from '../host/execute';
import type { Drill } from './drill';
import type { Session } from './session';

const CURRENT = 240;

/** A disk of the active node fails: services go on over the network (E19). */
export const diskErrors: Drill = {
  name: 'disk-errors',
  title: 'Reads and writes of a disk of the active node fail',
  run: async (session) => {
    const { pair, active } = session;
    const disk = pair.lab.node(active).disks[0];
    if (!disk) throw new LabError(`${active} has no disk that the topology names`);
    session.predict([{ kind: 'disk-error', host: pair.id(active), disk: disk.path }]);
    await session.start();
    const before = await pair.facts();
    await session.inject(`${disk.path} of ${active} fails`, async () => {
      for (const part of disk.parts) await setDisk(pair.lab, active, part.path, 'all-errors');
    });
    await session.watch(30);
    await session.served(5);
    session.judge();
    await session.checkUntouched(before);
    const own = (await pair.facts()).find(({ node }) => node === active);
    const states = Object.entries(own?.volumes ?? {}).map(([minor, { disk: state }]) => `${minor} ${state}`);
    const detached = states.filter((state) => /Diskless|Failed/.test(state));
    session.check('volumes that were used are detached', detached.length > 0, states.join(', '));
    for (const part of disk.parts) await setDisk(pair.lab, active, part.path, 'whole');
    session.event('the disk is whole');
    const { troubles } = await attachInTurn(session);
    session.check('the copies are brought up to date', troubles.length === 0, troubles.join('; '));
    await session.verify();
    session.checkNothingLost();
  },
};

/** The directory's file system has no space left: nothing is acknowledged that is not written. */
export const fullDisk: Drill = {
  name: 'full-disk',
  title: "The directory's file system is full",
  run: async (session) => {
    const { pair, active } = session;
    const service = lookup(pair.topology)
      .servicesOf(pair.group)
      .find(({ settings }) => settings.kind === 'openldap');
    const data = (service?.settings as OpenLdapSettings | undefined)?.dataDirectory;
    const mount = pair.group.members.find(
      (member) => member.kind === 'mount' && data?.startsWith(`${member.directory}/`) === true,
    );
    if (!service || mount?.kind !== 'mount') throw new LabError('there is no slapd on a mount of its own');
    const { directory } = mount;
    session.predict([{ kind: 'full-disk', group: pair.group.id, directory }]);
    await session.start();
    const before = await pair.facts();
    await session.inject(`${directory} is full`, () => fill(pair.lab, active, directory, true));
    await session.watch(30);
    // Its changes may be refused; of the others none may notice.
    session.judge('fault', ({ name }) => name !== service.name);
    const reads = await pair.lab.ssh(
      active,
      `ldapsearch -x -LLL -H ldap://127.0.0.1 -s base -b '${(service.settings as OpenLdapSettings).suffix}' dn`,
    );
    session.check(`${service.name} answers reads`, reads.status === 0, reads.stderr.trim());
    await session.checkUntouched(before);
    await fill(pair.lab, active, directory, false);
    session.event('there is room again');
    await session.served(5);
    await session.verify();
    session.checkNothingLost();
  },
};

/**
 * Attaches what was detached, one resource after the other. With all of them at once DRBD 8.4.11 was seen to call a disk up to
 * date that lacked 36 MB: a resource that waits for another (`resync-after`) while it still negotiates loses the handshake
 * (`Negotiating -> UpToDate`, `oos` not 0), and its peer stays in WFBitMapS.
 */
async function attachInTurn({ pair, active }: Session): Promise<{ readonly troubles: readonly string[] }> {
  for (const { name, volumes } of pair.topology.drbdResources) {
    const minors = volumes.map(({ minor }) => minor);
    const states = async (): Promise<readonly string[]> => {
      const own = (await pair.facts()).find(({ node }) => node === active);
      return minors.map((minor) => own?.volumes[minor]?.disk ?? 'unknown');
    };
    if ((await states()).every((state) => state === 'UpToDate')) continue;
    await pair.lab.sshMust(active, `drbdadm attach ${name}`, { timeout: 60 });
    await until(CURRENT, async () => (await states()).every((state) => state === 'UpToDate'), 1);
  }
  return pair.wait(CURRENT, (facts) => pair.troubles(facts, pair.allOn(active)));
}
