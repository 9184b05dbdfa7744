import type { Drill } from './drill';

/** Nothing happens for a while, and nobody takes over. */
export function idle(seconds: number): Drill {
  return {
    name: 'idle',
    title: `Nothing is done for ${seconds} s: nobody takes over`,
    run: async (session) => {
      const { pair } = session;
      session.predict([]);
      await session.start();
      const before = await pair.facts();
      await session.inject('nothing', () => Promise.resolve());
      await session.watch(seconds);
      session.judge();
      await session.checkUntouched(before);
      await session.served(3);
      await session.verify();
      session.checkNothingLost();
    },
  };
}
