/**
 * A client for line protocols, run as `node -e DIALOGUE PORT ADDRESS LINE...`: it sends each line when the server has
 * answered the one before, and prints the answers without their last words where these differ from run to run.
 */
export const DIALOGUE = `
const [port, address, ...lines] = process.argv.slice(1);
const complete = /(^|\\n)(\\d{3} [^\\n]*|\\* OK [^\\n]*|[a-z]\\d* (OK|NO|BAD) [^\\n]*|\\+ [^\\n]*)\\r\\n$/;
let attempts = 0;
const connect = () => {
  let received = '';
  const socket = require('node:net').connect(Number(port), address);
  socket.on('error', (error) => {
    if (error.code !== 'ECONNREFUSED' || ++attempts > 50) throw error;
    setTimeout(connect, 100);
  });
  socket.on('data', (data) => {
    received += data;
    if (!complete.test(received)) return;
    process.stdout.write(received.replaceAll('\\r', ''));
    received = '';
    const line = lines.shift();
    if (line === undefined) socket.end();
    else socket.write(line.replaceAll('\\n', '\\r\\n') + '\\r\\n');
  });
};
connect();
setTimeout(() => process.exit(1), 30000).unref();
`;
