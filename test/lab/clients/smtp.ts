import { NoAnswer } from './arrival';
import { Dialogue } from './dialogue';

/** The last line of an answer of RFC 5321. */
const REPLY = /(^|\n)\d{3} [^\n]*\n$/;

/** Sends one message. @throws NoAnswer when the server did not take it */
export async function send(address: string, port: number, recipient: string, subject: string): Promise<void> {
  const server = await Dialogue.open(address, port);
  const ask = async (lines: string, wanted: string): Promise<void> => {
    const answer = await server.ask(lines, REPLY);
    if (!answer.startsWith(wanted)) throw new NoAnswer(`'${answer.trim()}'`);
  };
  try {
    await ask('', '220');
    await ask('HELO client.example', '250');
    await ask('MAIL FROM:<>', '250');
    await ask(`RCPT TO:<${recipient}>`, '250');
    await ask('DATA', '354');
    const domain = recipient.slice(recipient.indexOf('@') + 1);
    const identifier = `<${subject.replace(/[^A-Za-z0-9.-]/g, '.')}@${domain}>`;
    await ask(`Message-ID: ${identifier}\r\nSubject: ${subject}\r\n\r\ntext\r\n.`, '250');
  } finally {
    server.close();
  }
}
