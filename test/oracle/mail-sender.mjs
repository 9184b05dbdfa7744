// node mail-sender.mjs ADDRESS PORT SENDERS MESSAGES: so many senders at once, each with so many messages to SENDER-NUMBER@example.com
// and a connection for each. What no answer accepted is sent again, as RFC 5321 has it: also when the answer to a whole message
// was lost, which the line `unanswered SENDER-NUMBER` tells. An accepted message is accepted, whatever becomes of QUIT:
// smtp-source(1) ends with an error then.
import { connect } from 'node:net';
import { setTimeout as passed } from 'node:timers/promises';

const [address, port, senders, messages] = process.argv.slice(2);

/** Resolves with `accepted`, `unanswered` or `refused`. */
function send(name) {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port: Number(port) });
    const to = `${name}@example.com`;
    const lines = ['HELO outside', 'MAIL FROM:<sender@example.org>', `RCPT TO:<${to}>`, 'DATA', `To: ${to}\r\n\r\n.`];
    let step = 0;
    const end = (result) => {
      socket.destroy();
      resolve(result);
    };
    const lost = () => end(step === lines.length ? 'unanswered' : 'refused');
    socket
      .on('error', lost)
      .on('close', lost)
      .on('data', (answer) => {
        if (!/^[23]/.test(answer)) return end('refused');
        if (step === lines.length) return end('accepted');
        socket.write(`${lines[step]}\r\n`);
        step += 1;
      });
  });
}

await Promise.all(
  Array.from({ length: Number(senders) }, async (_, sender) => {
    for (let number = 1; number <= Number(messages); number += 1) {
      let result;
      while ((result = await send(`${sender}-${number}`)) !== 'accepted') {
        if (result === 'unanswered') console.log(`unanswered ${sender}-${number}`);
        await passed(20);
      }
    }
  }),
);
