/** An answer to a client of a server. */
export interface Answer {
  readonly server: string;
  /** Milliseconds of the clock. */
  readonly time: number;
  readonly kind: 'write' | 'read';
  /** The `uid` that was written. */
  readonly uid: string;
  /** Result code of LDAP; -1: none came. */
  readonly code: number;
}

/** What was seen in a drill. */
export interface DrillAccount {
  readonly answers: readonly Answer[];
  /** When what happened, in milliseconds of the clock. */
  readonly events: ReadonlyMap<string, number>;
  /** The `uid` of all entries that a server held, by server and moment: `SERVER MOMENT`. */
  readonly held: ReadonlyMap<string, ReadonlySet<string>>;
  /** Digest of `entryUUID` and `entryCSN` of all entries at the end, by server. */
  readonly content: ReadonlyMap<string, string>;
  /** Changes that the drill itself tried: server, result code, time. */
  readonly said: readonly { readonly server: string; readonly code: number; readonly time: number }[];
  /** Everything else that was printed. */
  readonly other: readonly string[];
}

/** Reads what the script of a drill printed. */
export function parseAccount(text: string): DrillAccount {
  const account = {
    answers: [] as Answer[],
    events: new Map<string, number>(),
    held: new Map<string, Set<string>>(),
    content: new Map<string, string>(),
    said: [] as { server: string; code: number; time: number }[],
    other: [] as string[],
  };
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [word, first = '', second = '', third = '', ...rest] = line.split(' ');
    if (word === 'answer')
      account.answers.push({
        server: first,
        time: Number(second),
        kind: third === 'write' ? 'write' : 'read',
        uid: rest[0] ?? '',
        code: Number(rest[1]),
      });
    else if (word === 'event') account.events.set(first, Number(second));
    else if (word === 'held') {
      const key = `${first} ${second}`;
      account.held.set(key, (account.held.get(key) ?? new Set()).add(third));
    } else if (word === 'content') account.content.set(first, second);
    else if (word === 'said') account.said.push({ server: first, code: Number(second), time: Number(third) });
    else account.other.push(line);
  }
  return account;
}
