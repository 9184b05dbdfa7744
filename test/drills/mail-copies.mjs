// node mail-copies.mjs QUEUE NUMBER: so many copies of the one deferred message, each to another recipient, that wait for an
// hour. Its recipient is u00000@example.com. They lie in one directory: postsuper(1) puts each where its name says.
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [queue, number] = process.argv.slice(2);
const ALPHABET = '0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz';
const deferred = path.join(queue, 'deferred');
const original = readdirSync(deferred, { recursive: true, withFileTypes: true }).find((entry) => entry.isFile());
if (!original) throw new Error('no message is deferred');
const message = readFileSync(path.join(original.parentPath, original.name), 'latin1');
// Seconds, four digits of microseconds in base 52, z, the inode.
const [, seconds, inode] = /^(.*)....(z[^z]*)$/.exec(original.name);
const later = Date.now() / 1000 + 3600;
for (let copy = 1; copy < Number(number); copy++) {
  const digits = [52 ** 3, 52 ** 2, 52, 1].map((power) => ALPHABET[Math.floor(copy / power) % 52]).join('');
  const file = path.join(deferred, `${seconds}${digits}${inode}`);
  const recipient = `u${String(copy).padStart(5, '0')}@`;
  writeFileSync(file, message.replaceAll('u00000@', recipient), { encoding: 'latin1', mode: 0o700 });
  utimesSync(file, later, later);
}
