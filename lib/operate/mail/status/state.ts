import { filledLines } from '../../status/sections';
import type { MailQuestions } from './questions';

/** The queue of a mail server as one host sees it. */
export interface QueueState {
  readonly server: string;
  /** `held`: another process has the lock, of this host or of another one. Absent: the program did not say. */
  readonly state?: 'running' | 'stopped' | 'held';
  /** Messages by where they lie; absent where the host does not see the queue. */
  readonly counts?: QueueCounts;
  /** Age of the oldest message in seconds; absent without one. */
  readonly oldest?: number;
  /** Bytes. */
  readonly size?: number;
}

/** Messages in the queues of Postfix (qmgr(8), "QUEUES"). */
export interface QueueCounts {
  readonly active: number;
  readonly incoming: number;
  readonly deferred: number;
  readonly hold: number;
  readonly maildrop: number;
}

/** What a host says of the mail servers of its pairs. */
export interface MailState {
  readonly queues: readonly QueueState[];
  /** Whether each server greets, as the host hears it. */
  readonly greetings: Readonly<Record<string, boolean>>;
  /** What the watcher in a container says of a server, in its own words; none where nobody watches. */
  readonly watch: Readonly<Record<string, string>>;
}

const QUEUES = ['active', 'incoming', 'deferred', 'hold', 'maildrop'] as const;

/** Reads what `mailProbe` printed. @param now the clock of the host, as Unix time */
export function mailState(
  { queues, greetings }: MailQuestions,
  sections: ReadonlyMap<string, string>,
  now: number,
): MailState | undefined {
  if (greetings.length === 0) return undefined;
  const heard = filledLines(sections.get('mail-greetings'));
  return {
    queues: queues.map((server) => queueState(server, filledLines(sections.get(`mail-queue ${server}`)), now)),
    greetings: Object.fromEntries(greetings.map(({ server }) => [server, heard.includes(`${server} 220`)])),
    watch: Object.fromEntries(
      filledLines(sections.get('mail-watch')).map((line) => {
        const [server = '', ...words] = line.trim().split(/\s+/);
        return [server, words.join(' ')];
      }),
    ),
  };
}

function queueState(server: string, lines: readonly string[], now: number): QueueState {
  const values = new Map(
    lines.flatMap((line) => {
      const [, key, value] = /^([a-z]+): (.*)$/.exec(line) ?? [];
      return key === undefined || value === undefined ? [] : [[key, value]];
    }),
  );
  const number = (key: string): number | undefined => {
    const text = values.get(key);
    return text !== undefined && /^[0-9]+$/.test(text) ? Number(text) : undefined;
  };
  const state = (['running', 'stopped', 'held'] as const).find((word) => word === values.get('state'));
  const counts = Object.fromEntries(QUEUES.map((queue) => [queue, number(queue)]));
  const [oldest, size] = [number('oldest'), number('size')];
  return {
    server,
    ...(state === undefined ? {} : { state }),
    ...(Object.values(counts).includes(undefined) ? {} : { counts: counts as unknown as QueueCounts }),
    ...(oldest === undefined ? {} : { oldest: Math.max(0, Math.round(now - oldest)) }),
    ...(size === undefined ? {} : { size }),
  };
}
