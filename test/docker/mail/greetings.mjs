import { connect } from 'node:net';
import { clearTimeout } from 'node:timers';

// Asks for a greeting over and over, each on a connection of its own. Prints when it began, and who greeted or why nobody did.
const [address, port, interval, limit] = process.argv.slice(2);

const ask = () =>
  new Promise((resolve) => {
    const socket = connect(Number(port), address);
    const end = (word) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(word);
    };
    const timer = setTimeout(() => end('failed timeout'), Number(limit));
    socket.setEncoding('utf8');
    socket.on('data', (text) => {
      const greeted = /^220 (\S+)/.exec(text);
      end(greeted ? `greeted ${greeted[1]}` : 'failed answer');
    });
    socket.on('error', (error) => end(`failed ${error.code}`));
    socket.on('end', () => end('failed end'));
  });

for (;;) {
  const began = Date.now();
  process.stdout.write(`${await ask()} ${began} ${Date.now()}\n`);
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, began + Number(interval) - Date.now())));
}
