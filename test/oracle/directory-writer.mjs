// node directory-writer.mjs CA PASSWORD SUFFIX RESULT SERVER...: adds entries as fast as one client can, at whichever server
// takes them, until it is ended (SIGTERM). RESULT gets what was acknowledged, and when, in milliseconds of the day's clock.
import { readFileSync, writeFileSync } from 'node:fs';
import { Client } from 'ldapts';

const [ca, password, suffix, result, ...servers] = process.argv.slice(2);
const acknowledged = [];
let ended = false;
process.on('SIGTERM', () => (ended = true));

const clients = new Map();
async function clientOf(server) {
  const known = clients.get(server);
  if (known?.isConnected) return known;
  const client = new Client({
    url: `ldaps://${server}`,
    timeout: 2000,
    connectTimeout: 1000,
    tlsOptions: { ca: readFileSync(ca) },
  });
  await client.bind(`cn=admin,${suffix}`, password);
  clients.set(server, client);
  return client;
}

let [current, number, pending] = [0, 0, undefined];
while (!ended) {
  const uid = pending ?? `${process.pid}-${(number += 1)}`;
  try {
    const client = await clientOf(servers[current]);
    await client.add(`uid=${uid},${suffix}`, { objectClass: ['account'], uid });
    acknowledged.push([uid, Date.now()]);
    pending = undefined;
    // One client does not take all of the machine.
    await new Promise((resolve) => setTimeout(resolve, 2));
  } catch (error) {
    // It is there already: the answer to the first try was lost.
    if (error.code === 68) acknowledged.push([uid, Date.now()]);
    pending = error.code === 68 ? undefined : uid;
    if (error.code !== 68) {
      current = (current + 1) % servers.length;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
}
writeFileSync(result, JSON.stringify(acknowledged));
for (const client of clients.values()) await client.unbind().catch(() => undefined);
process.exit(0);
