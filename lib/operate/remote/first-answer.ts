/** How candidates are tried. */
export interface FirstAnswerOptions<C, T> {
  attempt(candidate: C): Promise<T>;
  /** Gets what a slower candidate brought after another one had won. */
  discard(late: T): Promise<void>;
  /** Milliseconds after which the next candidate is tried beside those that have not answered. */
  readonly stagger: number;
}

/** The winner, and the end of everything that was begun. */
export interface FirstAnswer<T> {
  readonly won: Promise<T>;
  /** Fulfilled when no attempt is under way any more. */
  readonly settled: Promise<void>;
}

/**
 * Tries candidates in their order: the next one when the last failed or is slow, so that a silent address does not hold
 * up one that works. `won` fails with an AggregateError when all of them did.
 */
export function firstAnswer<C, T>(candidates: readonly C[], options: FirstAnswerOptions<C, T>): FirstAnswer<T> {
  let found = false;
  const attempts: Promise<T>[] = [];
  const begin = async (candidate: C, before: Promise<unknown> | undefined): Promise<T> => {
    if (before) await before;
    if (found) throw new Error('another candidate had answered');
    const result = await options.attempt(candidate);
    if (found) {
      await options.discard(result);
      throw new Error('another candidate had answered');
    }
    found = true;
    return result;
  };
  let previous: Promise<unknown> | undefined;
  for (const candidate of candidates) {
    const attempt = begin(candidate, previous);
    attempts.push(attempt);
    previous = Promise.all([previous, failedOrSlow(attempt, previous, options.stagger)]);
  }
  const won = Promise.any(attempts);
  won.catch(() => undefined);
  return { won, settled: Promise.allSettled(attempts).then(() => undefined) };
}

/** Waits until an attempt has failed, or until it took long since its turn came. */
async function failedOrSlow(
  attempt: Promise<unknown>,
  turn: Promise<unknown> | undefined,
  milliseconds: number,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const slow = (async () => {
    await turn;
    await new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  })();
  await Promise.race([attempt.then(() => undefined).catch(() => undefined), slow]);
  clearTimeout(timer);
}
