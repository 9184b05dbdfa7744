// An SMTP server that prints a line `delivered NUMBER MILLISECONDS` for each message that it takes, by its envelope recipient
// nNUMBER@DOMAIN. Usage: sink.mjs ADDRESS PORT; words on standard input: refuse (451 to every recipient), take, and
// delay MILLISECONDS (between the end of a message and the answer to it).
import net from 'node:net';
import readline from 'node:readline';

const [address, port] = process.argv.slice(2);
let refusing = false;
let delay = 0;

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const [word, value] = line.split(' ');
  if (word === 'refuse') refusing = true;
  if (word === 'take') refusing = false;
  if (word === 'delay') delay = Number(value);
  process.stdout.write(`now ${line}\n`);
});

const server = net.createServer((socket) => {
  let recipients = [];
  let inData = false;
  let rest = '';
  const answer = (text) => socket.write(`${text}\r\n`);
  const command = (line) => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO' || verb === 'HELO') return answer('250 sink');
    if (verb === 'QUIT') return socket.end('221 bye\r\n');
    if (verb === 'RCPT') {
      if (refusing) return answer('451 not now');
      recipients.push(/<n(\d+)@/.exec(line)?.[1] ?? line);
      return answer('250 ok');
    }
    if (verb === 'DATA') {
      if (recipients.length === 0) return answer('503 no recipient');
      inData = true;
      return answer('354 go on');
    }
    if (verb === 'MAIL' || verb === 'RSET') recipients = [];
    return answer('250 ok');
  };
  const take = () => {
    const numbers = recipients;
    recipients = [];
    inData = false;
    // Taken before it is answered: who is cut off in between sends it again, and it is counted twice.
    for (const number of numbers) process.stdout.write(`delivered ${number} ${Date.now()}\n`);
    setTimeout(() => answer('250 taken'), delay);
  };
  answer('220 sink');
  socket.on('error', () => undefined);
  socket.on('data', (data) => {
    rest += data.toString('latin1');
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (!inData) command(line);
      else if (line === '.') take();
    }
  });
});
server.listen(Number(port), address, () => process.stdout.write('now listening\n'));
