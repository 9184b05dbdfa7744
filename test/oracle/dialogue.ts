/**
 * A client for line protocols, run as `node -e DIALOGUE PORT ADDRESS LINE...`: it sends each line when the server has
 * answered the one before, and prints the answers. What a server answers with 450 it is asked again, as a mail server does
 * that verifies addresses; all of it may take 30 s.
 */
export const DIALOGUE = `
const [port, address, ...lines] = process.argv.slice(1);
const complete = /(^|\\n)(\\d{3} [^\\n]*|\\* OK [^\\n]*|[a-z]\\d* (OK|NO|BAD) [^\\n]*|\\+ [^\\n]*)\\r\\n$/;
let line;
const connect = () => {
  let received = '';
  const socket = require('node:net').connect(Number(port), address);
  socket.on('error', (error) => {
    if (error.code !== 'ECONNREFUSED') throw error;
    setTimeout(connect, 100);
  });
  socket.on('data', (data) => {
    received += data;
    if (!complete.test(received)) return;
    const later = received.startsWith('450 ');
    if (!later) {
      process.stdout.write(received.replaceAll('\\r', ''));
      line = lines.shift();
    }
    received = '';
    if (line === undefined) socket.end();
    else setTimeout(() => socket.write(line.replaceAll('\\n', '\\r\\n') + '\\r\\n'), later ? 500 : 0);
  });
};
connect();
setTimeout(() => process.exit(1), 30000).unref();
`;
