import { NoAnswer } from './arrival';
import { Dialogue } from './dialogue';

/** A session of one user with an IMAP server. */
export class ImapSession {
  private number = 0;

  private constructor(private readonly server: Dialogue) {}

  /** Logs in. @throws NoAnswer when the server does not let the user in */
  static async open(address: string, port: number, user: string, password: string): Promise<ImapSession> {
    const server = await Dialogue.open(address, port);
    const session = new ImapSession(server);
    try {
      await server.ask('', /^\* OK [^\n]*\n/);
      await session.command(`LOGIN ${user} ${password}`);
    } catch (error) {
      server.close();
      throw error;
    }
    return session;
  }

  /** @returns all lines of the answer @throws NoAnswer when it is not OK; the command is not in the message */
  async command(text: string, seconds?: number): Promise<string> {
    const tag = `a${(this.number += 1)}`;
    const answer = await this.server.ask(`${tag} ${text}`, new RegExp(`(^|\\n)${tag} [^\\n]*\\n$`), seconds);
    const last = answer.trimEnd().split('\n').at(-1) ?? '';
    if (!last.startsWith(`${tag} OK`)) throw new NoAnswer(`'${last.trim()}'`);
    return answer;
  }

  close(): void {
    this.server.close();
  }
}

/** Opens a mailbox as its user does. @throws NoAnswer */
export async function openMailbox(address: string, port: number, user: string, password: string): Promise<void> {
  const session = await ImapSession.open(address, port, user, password);
  try {
    await session.command('EXAMINE INBOX');
  } finally {
    session.close();
  }
}

/** The subjects of all messages of a mailbox. @throws NoAnswer */
export async function subjects(
  address: string,
  port: number,
  user: string,
  password: string,
): Promise<readonly string[]> {
  const session = await ImapSession.open(address, port, user, password);
  try {
    const opened = await session.command('EXAMINE INBOX');
    if (/^\* 0 EXISTS/m.test(opened)) return [];
    const answer = await session.command('FETCH 1:* BODY.PEEK[HEADER.FIELDS (SUBJECT)]', 60);
    return [...answer.matchAll(/^Subject: (.*?)\r?$/gm)].map((match) => match[1] ?? '');
  } finally {
    session.close();
  }
}
