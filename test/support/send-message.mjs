import net from 'node:net';
import { clearTimeout, setTimeout } from 'node:timers';

const LONGEST = 10_000;

/**
 * Sends one message over a connection of its own. Resolves with `accepted`, `refused` where the message is as if it was never
 * sent, or `unknown` where a whole message got no answer. An accepted message is accepted, whatever becomes of QUIT: smtp-source(1)
 * ends with an error then.
 */
export function sendMessage(address, to, subject) {
  return new Promise((resolve) => {
    const socket = net.connect({ host: address, port: 25 });
    const lines = [
      'EHLO sender.example.org',
      'MAIL FROM:<drill@example.org>',
      `RCPT TO:<${to}>`,
      'DATA',
      `From: drill@example.org\r\nTo: ${to}\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@example.org>\r\n\r\n${'x'.repeat(70)}\r\n.`,
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
