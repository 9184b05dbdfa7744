import type { ServiceSettings } from '../../../lib/topology/service';
import { lookup } from '../../../lib/topology/lookup';
import { writes } from '../clients/plan';
import { impair, powerCut } from '../faults';
import { LabError } from '../topology-lab/plan';
import type { Drill } from './drill';
import { rejoin } from './power-cut';
import type { Session } from './session';

const TAKEN_OVER = 300;
/** Milliseconds that a packet of replication is on its way in the control of the protocol. */
const DELAY = 2_500;

/** A power cut with durability switched off. It must lose something, or the drill sees no loss. */
interface Control {
  readonly name: string;
  readonly title: string;
  /** Alters the running configuration. */
  readonly weaken: (session: Session) => Promise<void>;
  /** Undoes it: on the survivor before the other node is back, and on both after. */
  readonly mendSurvivor?: (session: Session) => Promise<void>;
  readonly mend?: (session: Session) => Promise<void>;
  /** Kinds of the services that must lose something, each of them; one of any kind, when it is left out. */
  readonly losers?: readonly ServiceSettings['kind'][];
}

function control({ name, title, weaken, mendSurvivor, mend, losers: kinds }: Control): Drill {
  return {
    name,
    title,
    run: async (session) => {
      const { pair, active, standby } = session;
      await session.start(3);
      await weaken(session);
      session.event('durability is off');
      // Soon, before the kernel writes by itself what nobody forces it to.
      await session.served(10);
      await session.inject(`power of ${active} cut`, () => powerCut(pair.lab, active));
      const groups = (kinds ?? [undefined]).map((kind) => clientsOf(session, kind));
      session.check(
        'who may have lost something is served again',
        await session.cameBackOf(groups.flat(), 5, TAKEN_OVER),
      );
      await session.tellLog(standby);
      await mendSurvivor?.(session);
      await mendMailboxes(session);
      await rejoin(session);
      await session.verify();
      for (const losers of groups) {
        const losses = Object.entries(session.ledgers).filter(([client]) => losers.includes(client));
        const lost = losses.reduce((sum, [, { missing }]) => sum + missing.length, 0);
        const detail = losses.map(
          ([client, { acknowledged, missing }]) => `${client} ${missing.length} of ${acknowledged}`,
        );
        session.check('the drill sees the loss of what was acknowledged', lost > 0, detail.join(', '));
      }
      await mend?.(session);
    },
  };
}

/** Names of the clients that write to services of a kind, or to any. */
function clientsOf({ pair, clients }: Session, kind: ServiceSettings['kind'] | undefined): readonly string[] {
  const services = lookup(pair.topology).servicesOf(pair.group);
  const concerned = services.filter(({ settings }) => kind === undefined || settings.kind === kind).map(({ id }) => id);
  return clients.filter((one) => writes(one) && concerned.includes(one.service ?? '')).map(({ name }) => name);
}

/** A mailbox that lost a part of its index answers nobody; what is left of it is to be counted all the same. */
async function mendMailboxes({ pair, standby, clients }: Session): Promise<void> {
  for (const client of clients)
    if (client.kind === 'imap')
      await pair.lab.ssh(standby, `runuser -u cyrus -- /usr/sbin/cyrus reconstruct -r user/${client.user}`, {
        timeout: 120,
      });
}

const SLAPD = "ldapmodify -Q -Y EXTERNAL -H ldapi:/// <<'END'\ndn: olcDatabase={1}mdb,cn=config\nchangetype: modify\n";

const psql = (statements: readonly string[]): string =>
  `cd / && runuser -u postgres -- psql -XqAt -d postgres ${statements.map((one) => `-c "${one}"`).join(' ')}`;

/**
 * slapd acknowledges what the kernel has not written, and PostgreSQL what is not in its log yet. The configuration of slapd
 * is made anew at every start, so nothing of it is to be mended.
 */
const stores = control({
  name: 'control-stores',
  title: 'Negative control: a power cut with olcDbNoSync and synchronous_commit=off',
  losers: ['openldap', 'postgresql'],
  weaken: async ({ pair, active }) => {
    const set = ['alter system set synchronous_commit = off', "alter system set wal_writer_delay = '10s'"];
    // Its log is written by a process that sleeps this long: the longest that it takes, so that something is under way.
    await pair.lab.sshMust(active, psql([...set, 'select pg_reload_conf()']));
    await pair.lab.sshMust(active, `sync; ${SLAPD}replace: olcDbNoSync\nolcDbNoSync: TRUE\nEND`);
  },
  mend: async ({ pair, standby }) => {
    const reset = ['alter system reset synchronous_commit', 'alter system reset wal_writer_delay'];
    await pair.lab.sshMust(standby, psql([...reset, 'select pg_reload_conf()']));
  },
});

/** DRBD acknowledges what is still on its way to the peer. */
const protocol = control({
  name: 'control-protocol',
  title: 'Negative control: a power cut with DRBD protocol A behind a delay',
  weaken: async ({ pair, active, standby }) => {
    for (const node of [active, standby]) {
      // DRBD refuses protocol A to who freezes writes.
      await pair.lab.sshMust(node, 'drbdadm disk-options --fencing=resource-only all', { timeout: 60 });
      // A ping of DRBD would not be answered in time.
      await pair.lab.sshMust(node, 'drbdadm net-options --protocol=A --ping-timeout=100 all', { timeout: 60 });
    }
    const network = pair.topology.drbdResources[0]?.network;
    const facts = pair.topology.hosts.find(({ name }) => name === active);
    const device = facts?.interfaces.find((one) => one.network === network)?.name;
    if (device === undefined) throw new LabError(`${active} has no interface for replication`);
    await impair(pair.lab, active, device, { delay: DELAY });
  },
  mendSurvivor: async ({ pair, standby }) => {
    await pair.lab.sshMust(standby, 'drbdadm adjust all', { timeout: 60 });
  },
});

/** Drills that must lose something. */
export const CONTROLS: readonly Drill[] = [stores, protocol];
