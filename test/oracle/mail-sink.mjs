// node mail-sink.mjs ADDRESS PORT DELAY FILE: takes mail for everybody. FILE gets a line `sender recipient` for each message
// as soon as it is whole, and the client is told DELAY milliseconds later: what smtp-sink(1) tells wrongly when QUIT follows.
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as passed } from 'node:timers/promises';

const [address, port, delay, file] = process.argv.slice(2);

createServer(async (socket) => {
  socket.on('error', () => undefined);
  socket.write('220 sink ESMTP\r\n');
  let [rest, sender, recipients, data] = ['', '', [], false];
  const addressOf = (line) => /<(.*?)>(?: |$)/.exec(line)?.[1] ?? '';
  for await (const chunk of socket.setEncoding('latin1')) {
    const lines = (rest + chunk).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (data && line !== '.') continue;
      const verb = line.slice(0, 4).toUpperCase();
      if (data) {
        appendFileSync(file, recipients.map((recipient) => `${sender} ${recipient}\n`).join(''));
        data = false;
        await passed(Number(delay));
      } else if (verb === 'MAIL') [sender, recipients] = [addressOf(line), []];
      else if (verb === 'RCPT') recipients.push(addressOf(line));
      else if (verb === 'DATA') data = true;
      else if (verb === 'EHLO') socket.write('250-sink\r\n250-PIPELINING\r\n');
      socket.write(data ? '354 go on\r\n' : verb === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n');
      if (verb === 'QUIT' && !data) socket.end();
    }
  }
})
  .on('connection', (socket) => socket.setNoDelay(true))
  .listen(Number(port), address);
process.on('unhandledRejection', () => undefined);
