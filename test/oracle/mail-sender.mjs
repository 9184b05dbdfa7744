// node mail-sender.mjs ADDRESS SENDERS MESSAGES: so many senders at once, each with so many messages to SENDER-NUMBER@example.com.
// What no answer accepted is sent again, as RFC 5321 has it: also when the answer to a whole message was lost, which the line
// `unanswered SENDER-NUMBER` tells.
import { setTimeout as passed } from 'node:timers/promises';
import { sendMessage } from '../support/send-message.mjs';

const [address, senders, messages] = process.argv.slice(2);

await Promise.all(
  Array.from({ length: Number(senders) }, async (_, sender) => {
    for (let number = 1; number <= Number(messages); number += 1) {
      const name = `${sender}-${number}`;
      let result;
      while ((result = await sendMessage(address, `${name}@example.com`, name)) !== 'accepted') {
        if (result === 'unknown') console.log(`unanswered ${name}`);
        await passed(20);
      }
    }
  }),
);
