import { CommanderError } from 'commander';
import { buildProgram } from '../../../lib/cli/program';
import { checkWords, switchKind } from '../../../lib/cli/switch-kind';
import { runbook } from '../../../lib/render/runbook/build';
import type { Topology } from '../../../lib/topology/topology';
import { onHosts, topology as inContainers } from '../../operate/mail/looks';

const kinds: readonly (readonly [string, Topology])[] = [
  ['in containers', inContainers],
  ['on hosts', onHosts],
];

/** Every command line of a runbook that is one of this package. */
const linesOf = (topology: Topology): readonly string[] => [
  ...new Set(
    runbook(topology)
      .split('\n')
      .filter((line) => line.startsWith('tandem ')),
  ),
];

test('the runbook in containers hands each queue over, back and by force', () => {
  expect(linesOf(inContainers)).toEqual(
    expect.arrayContaining([
      'tandem status mail --docker',
      'tandem switch mail --mail mx-hq-mail1 --to hq-mail2 --docker',
      'tandem switch mail --mail mx-hq-mail1 --to hq-mail1 --docker',
      'tandem switch mail --forced --mail mx-hq-mail1 --to hq-mail2 --docker',
      'tandem switch mail --site dr --forced --docker',
      'tandem switch mail --site dr --forced --cut-off --docker',
      'tandem switch mail --site hq --docker',
    ]),
  );
  expect(runbook(inContainers)).toContain('docker kill mail-hq-mail1\n');
});

test('the runbook on hosts leaves queues to their clusters', () => {
  const lines = linesOf(onHosts);
  expect(lines).toContain('tandem switch mail --site dr --forced');
  expect(lines.filter((line) => line.includes('--mail'))).toEqual([]);
});

test('what is where on the site, and how long mail may wait, stands in it', () => {
  const text = runbook(onHosts);
  expect(text).toMatch(/\| mail servers +\| mx-dr-mail1, mx-dr-mail2 +\|/);
  expect(text).toMatch(/\| members that can become master +\| ldap-dr-mail1, ldap-dr-mail2 +\|/);
  expect(text).toContain('The queues of mx-hq-mail1, mx-hq-mail2'.slice(4));
  expect(text).toMatch(/\| front-hq +\| haproxy +\| 192\.0\.2\.100 +\| hq-lb1, hq-lb2 +\|/);
  expect(text).toContain('UNIX-CONNECT:/run/haproxy/admin.sock');
});

describe.each(kinds)('%s', (_, topology) => {
  test.each(linesOf(topology))('%s is a command line', async (line) => {
    const options: Record<string, unknown>[] = [];
    const program = buildProgram(
      { out: () => undefined, err: () => undefined, directory: '/dev/null/no-folder' },
      () => undefined,
    );
    const command = program.commands.find((one) => one.name() === 'switch');
    command?.action((...given: unknown[]) => void options.push(given.at(-2) as Record<string, unknown>));
    const result: unknown = await program
      .parseAsync(line.split(' ').slice(1), { from: 'user' })
      .catch((error: unknown) => error);
    expect(result).not.toBeInstanceOf(CommanderError);
    expect(options).toHaveLength(line.startsWith('tandem switch ') ? 1 : 0);
    // Options that exclude each other, or are for another kind, are found after the parser.
    for (const words of options) {
      expect(() => checkWords(words)).not.toThrow();
      expect(() => switchKind(topology, words)).not.toThrow();
    }
  });
});
