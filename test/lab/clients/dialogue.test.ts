import { createServer, type AddressInfo, type Server } from 'node:net';
import { Dialogue } from './dialogue';
import { openMailbox, subjects } from './imap';
import { send } from './smtp';

let server: Server | undefined;

/** A server that answers each line it gets by a function; answers nothing where that gives nothing. */
async function serve(greeting: string, answer: (line: string) => string | undefined): Promise<number> {
  server = createServer((socket) => {
    socket.write(greeting);
    let text = '';
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      text += data.toString();
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const said = answer(text.slice(0, end));
        text = text.slice(end + 2);
        if (said !== undefined) socket.write(said);
      }
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

afterEach(() => new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined))));

test('a message is sent when its end was acknowledged', async () => {
  const lines: string[] = [];
  const port = await serve('220 hello\r\n', (line) => {
    lines.push(line);
    if (line === 'DATA') return '354 go on\r\n';
    if (line === '.') return '250 2.0.0 queued\r\n';
    return /^(HELO|MAIL|RCPT)/.test(line) ? '250-first\r\n250 done\r\n' : undefined;
  });
  await send('127.0.0.1', port, 'someone@example.com', 'run 1');
  expect(lines).toContain('RCPT TO:<someone@example.com>');
  expect(lines.slice(-5)).toEqual(['Message-ID: <run.1@example.com>', 'Subject: run 1', '', 'text', '.']);
});

test('fails where the server refuses', async () => {
  const port = await serve('220 hello\r\n', (line) => (line.startsWith('RCPT') ? '451 later\r\n' : '250 ok\r\n'));
  await expect(send('127.0.0.1', port, 'someone@example.com', 'run 1')).rejects.toThrow("'451 later'");
});

test('fails where nobody listens, and where nothing is answered', async () => {
  const port = await serve('', () => undefined);
  const dialogue = await Dialogue.open('127.0.0.1', port);
  await expect(dialogue.ask('hello', /\n/, 0.05)).rejects.toThrow('no answer within 0.05 s');
  dialogue.close();
  await expect(Dialogue.open('127.0.0.1', 1)).rejects.toThrow(/ECONNREFUSED/);
});

test('a mailbox is read as its user', async () => {
  const port = await serve('* OK hello\r\n', (line) => {
    const [tag = '', verb = ''] = line.split(' ');
    if (verb === 'LOGIN') return line.endsWith('right') ? `${tag} OK in\r\n` : `${tag} NO Login failed\r\n`;
    if (verb === 'EXAMINE') return `* 2 EXISTS\r\n${tag} OK done\r\n`;
    return `* 1 FETCH (BODY[] {11}\r\nSubject: a 1\r\n\r\n)\r\n* 2 FETCH (BODY[] {11}\r\nSubject: a 2\r\n\r\n)\r\n${tag} OK done\r\n`;
  });
  expect(await subjects('127.0.0.1', port, 'jane', 'right')).toEqual(['a 1', 'a 2']);
  await expect(openMailbox('127.0.0.1', port, 'jane', 'wrong')).rejects.toThrow(/^'a1 NO Login failed'$/);
});
