// Sends numbered messages to nNUMBER@DOMAIN, one connection for each, to servers in turn. A message that no answer tells of
// is not sent again: it is not accepted. One that a server did not take is given to the next, as senders go to the next MX.
// Prints `accepted NUMBER MILLISECONDS ADDRESS` or `failed NUMBER MILLISECONDS REASON`.
// Usage: sender.mjs DOMAIN FIRST COUNT PER_SECOND ADDRESS...; ends after the last message, or when standard input ends. Servers
// after a '/' are asked when none before it took the message, as those of the next preference of an MX are.
import net from 'node:net';
import { clearTimeout, setTimeout } from 'node:timers';

const [domain, first, count, perSecond, ...words] = process.argv.slice(2);
const LONGEST = 10_000;
/** Addresses by preference. */
const preferences = words.reduce(
  (all, word) => (word === '/' ? [...all, []] : [...all.slice(0, -1), [...all.at(-1), word]]),
  [[]],
);

/** Resolves with `accepted`, `refused` where the next server may be asked, or `unknown`. */
function send(number, address) {
  return new Promise((resolve) => {
    const socket = net.connect({ host: address, port: 25 });
    const to = `n${number}@${domain}`;
    const lines = [
      'EHLO sender.example.org',
      'MAIL FROM:<drill@example.org>',
      `RCPT TO:<${to}>`,
      'DATA',
      `From: drill@example.org\r\nTo: ${to}\r\nSubject: ${number}\r\nMessage-ID: <${number}@example.org>\r\n\r\n${'x'.repeat(70)}\r\n.`,
    ];
    let step = 0;
    let rest = '';
    const done = (result) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(result);
    };
    const lost = () => done(step > lines.length - 1 ? 'unknown' : 'refused');
    const timer = setTimeout(lost, LONGEST);
    socket.setTimeout(2000, () => socket.connecting && lost());
    socket.on('error', lost);
    socket.on('close', lost);
    socket.on('data', (data) => {
      rest += data.toString('latin1');
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (/^\d{3}-/.test(line)) continue;
        if (!/^[23]/.test(line)) return done('refused');
        if (step === lines.length) return done('accepted');
        socket.write(`${lines[step]}\r\n`);
        step += 1;
      }
    });
  });
}

/** Servers in the order in which a message is offered to them: those of one preference in turn. */
const orderFor = (number) =>
  preferences.flatMap((equal) => equal.map((_, turn) => equal[(number + turn) % equal.length]));

async function give(number) {
  let result = 'refused';
  let address;
  for (address of orderFor(number)) {
    result = await send(number, address);
    if (result !== 'refused') break;
  }
  process.stdout.write(
    result === 'accepted'
      ? `accepted ${number} ${Date.now()} ${address}\n`
      : `failed ${number} ${Date.now()} ${result}\n`,
  );
}

let ended = false;
process.stdin.on('end', () => (ended = true)).resume();
const messages = [];
for (let number = Number(first); number < Number(first) + Number(count) && !ended; number += 1) {
  messages.push(give(number));
  await new Promise((resolve) => setTimeout(resolve, 1000 / Number(perSecond)));
}
await Promise.all(messages);
process.stdout.write('ended\n');
process.exit(0);
