import { createInterface } from 'node:readline';
import type { Io } from './io';

/** What a command can do with the person at the terminal. */
export function terminal(): Pick<Io, 'ask' | 'onInterrupt'> {
  return { ...(process.stdin.isTTY ? { ask } : {}), onInterrupt };
}

/** A closed input, and Ctrl-C, are an empty answer. */
function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  return new Promise((resolve) => {
    lines.once('close', () => resolve(''));
    lines.once('SIGINT', () => lines.close());
    lines.question(question, (answer) => {
      resolve(answer.trim());
      lines.close();
    });
  });
}

/** The second Ctrl-C ends the process, as it would without us. */
function onInterrupt(interrupt: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, interrupt);
  return () => {
    for (const signal of signals) process.removeListener(signal, interrupt);
  };
}
