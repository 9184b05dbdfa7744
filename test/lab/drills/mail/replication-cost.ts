import { lookup } from '../../../../lib/topology/lookup';
import { median } from '../../median';
import { LabError } from '../../topology-lab/plan';
import type { MailDrill } from './drill';
import type { PlacedMailServer } from './mail-lab';
import type { MailSession } from './session';

/** Messages of a round, sessions that send at once, and rounds with the peer and without it, in turns. */
const MESSAGES = 200;
const SENDERS = 8;
const ROUNDS = 5;
/** Synchronous writes of one block in a round. */
const WRITES = 100;
/** Seconds in which a round is accepted, in which it is delivered, and in which both copies are current again. */
const ACCEPTED = 180;
const DELIVERED = 240;
const CURRENT = 180;

/** Milliseconds that one message, or one synchronous write of 4 KiB, takes. */
interface Round {
  readonly message: number;
  readonly write: number;
}

/** What protocol C costs: a server takes mail with its peer connected, and with the link of its queue closed. */
export const mailReplicationCost: MailDrill = {
  name: 'mail-replication-cost',
  title: `A server takes ${MESSAGES} messages with its queue replicated, and with the replication closed`,
  senders: 0,
  run: async (session) => {
    const [server] = session.mail.both;
    const resource = resourceOf(session, server);
    await session.startSink('take');
    const rounds: { readonly replicated: Round; readonly alone: Round }[] = [];
    // The first messages start Postfix's processes.
    await take(session, server, 'first');
    for (let round = 1; round <= ROUNDS; round += 1) {
      const replicated = await measured(session, server, `with${round}`);
      await session.mail.lab.sshMust(server.node, `drbdadm disconnect ${resource}`);
      const alone = await measured(session, server, `without${round}`);
      await session.mail.lab.sshMust(server.node, `drbdadm connect ${resource}`);
      await current(session);
      rounds.push({ replicated, alone });
      session.report(
        `  round ${round}: ${roundText(replicated)} replicated, ${roundText(alone)} with the replication closed`,
      );
    }
    const beside = await write(session, server, '/var/tmp');
    const replicated = medianOf(rounds.map((round) => round.replicated));
    const alone = medianOf(rounds.map((round) => round.alone));
    session.event(`medians: ${roundText(replicated)} replicated, ${roundText(alone)} with the replication closed`);
    session.event(`a synchronous write on the node's own disk: ${beside.toFixed(1)} ms`);
    const share = median(rounds.map((round) => round.alone.message / round.replicated.message));
    session.event(`accepted in a second, replicated against closed: ${share.toFixed(2)}`);
    session.check(
      'a synchronous write waits for the other node',
      replicated.write > alone.write,
      `${replicated.write.toFixed(1)} ms, ${alone.write.toFixed(1)} ms without it`,
    );
  },
};

/** Name of the DRBD resource that holds the queue of a server. @throws LabError where it lies elsewhere */
function resourceOf({ mail }: MailSession, { facts }: PlacedMailServer): string {
  const { storage } = facts.queue;
  if (storage.kind !== 'drbd') throw new LabError(`the queue of ${facts.name} is not on DRBD`);
  return lookup(mail.pair.topology).drbdResource(storage.resource).name;
}

async function measured(session: MailSession, server: PlacedMailServer, name: string): Promise<Round> {
  const synchronous = await write(session, server, server.facts.queue.directory);
  return { message: await take(session, server, name), write: synchronous };
}

/** Lets a server take messages, waits until they are delivered, and tells the milliseconds of one to be accepted. */
async function take(session: MailSession, { address }: PlacedMailServer, name: string): Promise<number> {
  const { lab, mailPair } = session.mail;
  const before = session.arrivals().length;
  const recipient = `${name}@${mailPair.domains[0] ?? ''}`;
  const count = ['-s', String(SENDERS), '-m', String(MESSAGES)];
  const began = Date.now();
  const words = [...count, '-N', '-f', 'sender@example.org', '-t', recipient, `${address}:25`];
  const { status, stderr } = await lab.namespace.run('smtp-source', words, { timeout: ACCEPTED });
  const took = Date.now() - began;
  if (status !== 0) throw new LabError(`smtp-source failed with ${status}: ${stderr.trim()}`);
  const delivered = await session.waitFor(DELIVERED, () => session.arrivals().length >= before + MESSAGES);
  if (!delivered) throw new LabError(`not all of ${MESSAGES} messages are delivered after ${DELIVERED} s`);
  return took / MESSAGES;
}

/** Milliseconds of a synchronous write of 4 KiB in a directory of a node. */
async function write({ mail }: MailSession, { node }: PlacedMailServer, directory: string): Promise<number> {
  const file = `${directory}/.tandem-drill`;
  const command = `dd if=/dev/zero of=${file} bs=4k count=${WRITES} oflag=dsync 2>&1; rm -f ${file}`;
  const said = await mail.lab.sshMust(node, command, { timeout: 120 });
  const [, seconds] = / ([0-9.e-]+) s, /.exec(said) ?? [];
  if (seconds === undefined) throw new LabError(`dd on ${node} says: ${said.trim()}`);
  return (Number(seconds) / WRITES) * 1000;
}

async function current({ mail }: MailSession): Promise<void> {
  const { pair } = mail;
  const { troubles } = await pair.wait(CURRENT, (facts) => pair.troubles(facts, pair.atHome));
  if (troubles.length > 0) throw new LabError(troubles.join('; '));
}

const medianOf = (rounds: readonly Round[]): Round => ({
  message: median(rounds.map(({ message }) => message)),
  write: median(rounds.map(({ write: synchronous }) => synchronous)),
});

const roundText = ({ message, write: synchronous }: Round): string =>
  `${(1000 / message).toFixed(1)} messages in a second and ${synchronous.toFixed(1)} ms for a synchronous write`;
