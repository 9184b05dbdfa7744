import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { Arrival } from './arrival';
import { Dialogue } from './dialogue';

/** A login on the node that has the address, and the database there. */
export interface SqlAccess {
  readonly address: string;
  readonly port: number;
  /** Arguments of ssh(1) that let us in at the address. */
  readonly ssh: readonly string[];
}

/** Seconds for a login, and for one statement. */
const LIMITS = { login: 15, statement: 3 } as const;

/** One psql(1) on the node that has the address, fed a statement at a time. */
export class SqlSession {
  private readonly arrival = new Arrival();
  private number = 0;
  /** Whether the end of the last statements has not been read yet. */
  private unfinished = false;

  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    const more = (data: Buffer): void => this.arrival.add(data);
    child.stdout.on('data', more);
    child.stderr.on('data', more);
    child.stdin.on('error', () => undefined);
    const end = (): void => this.arrival.end(() => `the session ended: ${this.arrival.text.trim()}`);
    child.on('error', end);
    child.on('close', end);
  }

  /** Logs in. @throws NoAnswer when nothing lets us in */
  static async open({ address, port, ssh }: SqlAccess): Promise<SqlSession> {
    // ssh would try for longer than a client should.
    (await Dialogue.open(address, 22)).close();
    const psql = `exec runuser -u postgres -- psql -XqAtw -v ON_ERROR_STOP=1 -p ${port} -d postgres`;
    const session = new SqlSession(spawn('ssh', [...ssh, address, `cd / && ${psql}`]));
    try {
      await session.run('select 1;', LIMITS.login);
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  /** Whether it goes on, be it slowly. */
  get alive(): boolean {
    return !this.arrival.ended;
  }

  /**
   * Runs statements. Those before them that were not answered in time come to their end first, and until they do nothing
   * more is sent: what piles up behind a commit that stands still would be worked off, one by one, in the time of the next.
   * @returns what they print
   * @throws NoAnswer when they are not acknowledged
   */
  async run(statements: string, seconds: number = LIMITS.statement): Promise<string> {
    const deadline = Date.now() + seconds * 1000;
    if (this.unfinished) await this.finish(deadline);
    this.number += 1;
    this.unfinished = true;
    // Printed after the statements only: with ON_ERROR_STOP psql ends at the first error.
    this.child.stdin.write(`\\echo ${this.begin}${statements}\n\\echo ${this.done}`);
    return this.finish(deadline);
  }

  private get begin(): string {
    return `tandem-begin-${this.number}\n`;
  }

  private get done(): string {
    return `tandem-done-${this.number}\n`;
  }

  private async finish(deadline: number): Promise<string> {
    const printed = await this.arrival.take(
      () => {
        const { text } = this.arrival;
        const at = text.indexOf(this.done);
        if (at < 0) return undefined;
        this.arrival.text = text.slice(at + this.done.length);
        return text.slice(text.indexOf(this.begin) + this.begin.length, at);
      },
      (deadline - Date.now()) / 1000,
    );
    this.unfinished = false;
    return printed;
  }

  close(): void {
    this.child.kill('SIGKILL');
  }
}

/** Makes the table where it is missing. No number is unique there: a row that is written twice is to be seen. */
export const CREATE_TABLE = 'create table if not exists tandem_drills (run text not null, number bigint not null);';

/** The statement of one operation. */
export function insertRow(run: string, number: number): string {
  return `insert into tandem_drills values ('${run}', ${number});`;
}

/** The numbers of a run that are there, as often as they are there. @throws NoAnswer */
export async function rows(from: SqlAccess, run: string): Promise<readonly number[]> {
  const session = await SqlSession.open(from);
  try {
    const text = await session.run(`select number from tandem_drills where run = '${run}';`, 60);
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map(Number);
  } finally {
    session.close();
  }
}
