import { terminal } from '../../lib/cli/terminal';

test('where standard input is no terminal, nobody can be asked', () => {
  const { isTTY } = process.stdin;
  try {
    process.stdin.isTTY = false;
    expect(terminal().ask).toBeUndefined();
    process.stdin.isTTY = true;
    expect(terminal().ask).toBeInstanceOf(Function);
  } finally {
    process.stdin.isTTY = isTTY;
  }
});

test('the first Ctrl-C is told to the command, and the second ends the process as always', () => {
  const [before, beforeTerm] = [process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')];
  let interrupts = 0;
  const settle = terminal().onInterrupt?.(() => void (interrupts += 1));
  expect(process.listenerCount('SIGINT')).toBe(before + 1);
  process.emit('SIGINT', 'SIGINT');
  expect(interrupts).toBe(1);
  expect(process.listenerCount('SIGINT')).toBe(before);
  settle?.();
  expect(process.listenerCount('SIGTERM')).toBe(beforeTerm);
});
