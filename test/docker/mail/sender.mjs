// Sends numbered messages to nNUMBER@DOMAIN, one connection for each, to servers in turn. A message that no answer tells of
// is not sent again: it is not accepted. One that a server did not take is given to the next, as senders go to the next MX.
// Prints `accepted NUMBER MILLISECONDS ADDRESS` or `failed NUMBER MILLISECONDS REASON`.
// Usage: sender.mjs DOMAIN FIRST COUNT PER_SECOND ADDRESS...; ends after the last message, or when standard input ends. Servers
// after a '/' are asked when none before it took the message, as those of the next preference of an MX are.
import { setTimeout } from 'node:timers';
import { sendMessage } from '../../support/send-message.mjs';

const [domain, first, count, perSecond, ...words] = process.argv.slice(2);
/** Addresses by preference. */
const preferences = words.reduce(
  (all, word) => (word === '/' ? [...all, []] : [...all.slice(0, -1), [...all.at(-1), word]]),
  [[]],
);

/** Servers in the order in which a message is offered to them: those of one preference in turn. */
const orderFor = (number) =>
  preferences.flatMap((equal) => equal.map((_, turn) => equal[(number + turn) % equal.length]));

async function give(number) {
  let result = 'refused';
  let address;
  for (address of orderFor(number)) {
    result = await sendMessage(address, `n${number}@${domain}`, number);
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
