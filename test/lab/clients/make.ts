import { readFileSync } from 'node:fs';
import { sleep } from '../host/execute';
import type { Making } from '../drills/prepare';
import { ImapSession } from './imap';
import { addEntries, baseEntry, drillsEntry, organizationalUnit } from './ldap';
import { addToTaker } from './directory';
import { accessAt, ldapAccess, secretIn, sqlAccess } from './operations';
import type { LdapFacts } from './plan';
import { CREATE_TABLE, SqlSession } from './sql';

/** Seconds that a service which answers may need until it does what it is asked. */
const LIMIT = 60;

/** Makes what clients need, inside the lab's network; prints what was made, or fails. Runs as a process. */
export async function make(file: string): Promise<void> {
  const making = JSON.parse(readFileSync(file, 'utf8')) as Making;
  const end = Date.now() + LIMIT * 1000;
  for (;;) {
    try {
      process.stdout.write(`${await once(making)}\n`);
      return;
    } catch (error) {
      if (Date.now() > end) {
        process.stderr.write(`${(error as Error).message}\n`);
        process.exitCode = 1;
        return;
      }
      await sleep(1);
    }
  }
}

async function once(making: Making): Promise<string> {
  const { settings } = making;
  switch (making.kind) {
    case 'directory': {
      const facts = settings.plan.clients.find((client): client is LdapFacts => client.kind === 'ldap');
      if (!facts) return 'no directory';
      const password = secretIn(settings.userPassword);
      const people = making.users.map(
        (uid) =>
          `dn: uid=${uid},${facts.suffix}\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: ${uid}\nsn: ${uid}\nuserPassword: ${password}\n`,
      );
      const ldif = [baseEntry(facts.suffix), organizationalUnit(drillsEntry(facts)), ...people].join('\n');
      await addEntries(ldapAccess(facts, settings), ldif, 20);
      return `directory ${facts.suffix} has its base entry${people.length > 0 ? ' and users' : ''}`;
    }
    case 'suffix': {
      const facts = settings.plan.clients.find((client) => client.kind === 'directory-write');
      if (!facts) return 'no directory';
      const ldif = [baseEntry(facts.suffix), organizationalUnit(drillsEntry(facts))].join('\n');
      const add = addToTaker(facts, (address) => addEntries(accessAt(address, facts, settings), ldif, 20));
      for (let tries = 1; ; tries += 1) {
        try {
          await add(tries);
          return `directory ${facts.suffix} has its base entry`;
        } catch (error) {
          if (tries >= facts.servers.length) throw error;
        }
      }
    }
    case 'table': {
      const session = await SqlSession.open(sqlAccess(making.database, settings));
      try {
        await session.run(CREATE_TABLE, 20);
      } finally {
        session.close();
      }
      return 'database has its table';
    }
    case 'mailbox': {
      const { mailbox } = making;
      const session = await ImapSession.open(
        mailbox.address,
        mailbox.port,
        mailbox.administrator,
        secretIn(settings.userPassword),
      );
      try {
        const listed = await session.command(`LIST "" user/${mailbox.user}`, 20);
        if (!listed.includes('* LIST')) await session.command(`CREATE user/${mailbox.user}`, 20);
      } finally {
        session.close();
      }
      return `mailbox of ${mailbox.user} is there`;
    }
  }
}
