// node drill-client.mjs CA PASSWORD SUFFIX LOG HOSTNAME NAME: adds entries NAME-1, NAME-2 ... at one server and reads there,
// until it is ended (SIGTERM). It never turns to another server. LOG gets a line for each answer: milliseconds, write or
// read, what was written, and the result code of LDAP, or -1 where no answer came.
import { appendFileSync, readFileSync } from 'node:fs';
import { Client } from 'ldapts';

const [ca, password, suffix, log, hostname, name] = process.argv.slice(2);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
let ended = false;
process.on('SIGTERM', () => (ended = true));

async function connected() {
  const client = new Client({
    url: `ldaps://${hostname}`,
    timeout: 3000,
    connectTimeout: 1000,
    tlsOptions: { ca: readFileSync(ca) },
  });
  await client.bind(`cn=admin,${suffix}`, password);
  return client;
}

/** The same over and over, on a connection of its own. */
async function keep(kind, every, act) {
  let client;
  while (!ended) {
    let [what, code] = ['-', 0];
    try {
      client = client?.isConnected ? client : await connected();
      await act(client, (uid) => (what = uid));
    } catch (error) {
      code = typeof error.code === 'number' ? error.code : -1;
    }
    appendFileSync(log, `${Date.now()} ${kind} ${what} ${code}\n`);
    await pause(every);
  }
  await client?.unbind().catch(() => undefined);
}

let number = 0;
await Promise.all([
  keep('write', 60, (client, tell) => {
    const uid = `${name}-${(number += 1)}`;
    tell(uid);
    return client.add(`uid=${uid},${suffix}`, { objectClass: ['account'], uid });
  }),
  keep('read', 100, (client) => client.search(suffix, { scope: 'base', attributes: ['1.1'] })),
]);
process.exit(0);
