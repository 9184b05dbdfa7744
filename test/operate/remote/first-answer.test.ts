import { firstAnswer } from '../../../lib/operate/remote/first-answer';

/** Candidates whose end the test decides. */
function candidates(): {
  readonly begun: string[];
  readonly discarded: string[];
  readonly end: Map<string, (error?: Error) => void>;
  attempt(name: string): Promise<string>;
  discard(late: string): Promise<void>;
} {
  const begun: string[] = [];
  const discarded: string[] = [];
  const end = new Map<string, (error?: Error) => void>();
  return {
    begun,
    discarded,
    end,
    attempt: (name) => {
      begun.push(name);
      return new Promise((resolve, reject) => end.set(name, (error) => (error ? reject(error) : resolve(name))));
    },
    discard: async (late) => void discarded.push(late),
  };
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('tries the next candidate only when the one before has failed', async () => {
  const made = candidates();
  const { won } = firstAnswer(['a', 'b'], { ...made, stagger: 60_000 });
  await soon();
  expect(made.begun).toEqual(['a']);
  made.end.get('a')?.(new Error('down'));
  await soon();
  expect(made.begun).toEqual(['a', 'b']);
  made.end.get('b')?.();
  await expect(won).resolves.toBe('b');
});

test('tries the next candidate beside a slow one, and discards who comes late', async () => {
  const made = candidates();
  const { won, settled } = firstAnswer(['a', 'b'], { ...made, stagger: 0 });
  while (made.begun.length < 2) await soon();
  made.end.get('b')?.();
  await expect(won).resolves.toBe('b');
  made.end.get('a')?.();
  await settled;
  expect(made.discarded).toEqual(['a']);
});

test('does not begin what is not needed any more', async () => {
  const made = candidates();
  const { won, settled } = firstAnswer(['a', 'b'], { ...made, stagger: 60_000 });
  made.end.get('a')?.();
  await expect(won).resolves.toBe('a');
  await settled;
  expect(made.begun).toEqual(['a']);
});

test('fails with all reasons when every candidate has failed', async () => {
  const made = candidates();
  const { won } = firstAnswer(['a', 'b'], { ...made, stagger: 60_000 });
  made.end.get('a')?.(new Error('one'));
  while (made.begun.length < 2) await soon();
  made.end.get('b')?.(new Error('two'));
  const error = await won.catch((failure: unknown) => failure);
  expect((error as AggregateError).errors.map(String)).toEqual(['Error: one', 'Error: two']);
});
