import { execute, must, until } from './execute';

test('output and exit code come back', async () => {
  const lines: string[] = [];
  const outcome = await execute('sh', ['-c', 'cat; echo said >&2; exit 3'], {
    input: 'given\n',
    onLine: (line) => lines.push(line),
  });
  expect(outcome).toEqual({ status: 3, stdout: 'given\n', stderr: 'said\n', timedOut: false });
  expect(lines.sort()).toEqual(['given', 'said']);
});

test('a program that takes too long is ended with its children', async () => {
  const began = Date.now();
  const outcome = await execute('sh', ['-c', 'sleep 60 | cat'], { timeout: 0.2 });
  expect(outcome.timedOut).toBe(true);
  expect(Date.now() - began).toBeLessThan(5000);
});

test('fails with what the program said', async () => {
  await expect(must('sh', ['-c', 'echo why; exit 1'])).rejects.toThrow(/failed with 1:\nwhy/);
});

test.each([
  ['is not there', '/dev/shm/no-such-program'],
  ['lies below a file', '/dev/null/program'],
])('says of a program that %s that it could not be started', async (_, program) => {
  await expect(execute(program, [])).rejects.toThrow(`${program} could not be started`);
});

test('waiting ends with the time', async () => {
  expect(await until(0.05, () => false, 0.01)).toBe(false);
  expect(await until(1, () => true)).toBe(true);
});
