import { readFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../../lib/cli/run';
import { directoryWith, tandem } from './support';

const loaded: string[] = [];
for (const heavy of ['ajv', 'cdktf', 'constructs', '@peculiar/x509'])
  jest.mock(heavy, () => {
    loaded.push(heavy);
    return jest.requireActual<object>(heavy);
  });

const directory = directoryWith({ 'ha.cf': 'node a b\n', 'no-topology.json': '{}', 'no-json.json': '{' });

describe('tandem', () => {
  test('prints help with examples, without loading cdktf, constructs or ajv', async () => {
    const { code, out } = await tandem(['--help'], directory);
    expect(code).toBe(0);
    expect(out).toContain('tandem check --drbd drbd.conf --ha ha.cf --haresources haresources');
    expect(loaded).toEqual([]);
  });

  test.each([
    ['check'],
    ['rules'],
    ['secrets', 'init'],
    ['certificates', 'init'],
    ['certificates', 'renew'],
    ['certificates', 'show'],
  ])('%s %s has help with an example', async (...command) => {
    const { code, out } = await tandem([...command.filter((word) => typeof word === 'string'), '--help'], directory);
    expect(code).toBe(0);
    expect(out).toMatch(/Examples?:\n {2}/);
  });

  test('reads files of a node without loading cdktf, constructs or ajv', async () => {
    expect((await tandem(['check', '--ha', 'ha.cf'], directory)).code).toBe(1);
    expect(loaded).toEqual([]);
  });

  test('prints the version of the package', async () => {
    const manifest = JSON.parse(readFileSync(path.resolve(__dirname, '../../package.json'), 'utf8')) as {
      version: string;
    };
    expect(await tandem(['--version'], directory)).toEqual({ code: 0, out: `${manifest.version}\n`, err: '' });
  });

  test.each<[string, readonly string[], RegExp]>([
    ['an unknown command', ['chekc'], /unknown command 'chekc'/],
    ['an unknown option', ['check', '--hacf', 'ha.cf'], /unknown option '--hacf'/],
    ['an option without its file', ['check', '--ha'], /argument missing/],
    ['nothing to check', ['check'], /name either a topology.json or the files of a node/],
    ['a topology and files', ['check', 'no-topology.json', '--ha', 'ha.cf'], /name either a topology.json/],
    [
      'a file that is not there',
      ['check', '--ha', 'gone.cf'],
      /cannot read gone.cf \(no such file or directory\); check its name/,
    ],
    ['a directory', ['check', '--ha', '.'], /cannot read \. \(it is a directory\); name a file/],
    ['a file that is no topology', ['check', 'no-topology.json'], /topology\/format/],
    ['a file that is no JSON', ['check', 'no-json.json'], /topology\/json/],
    [
      'a stack from a topology',
      ['check', 'no-topology.json', '--to-typescript'],
      /--to-typescript needs the files of a node/,
    ],
    ['no deployment', ['secrets', 'init'], /no deployment in cdktf.out\/tandem; run the synth first/],
  ])('fails with exit code 2 and no stack trace for %s', async (_, argv, message) => {
    const { code, err } = await tandem(argv, directory);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });

  test('fails with a hint for something unexpected, and with a trace when it is asked for', async () => {
    const broken = async (environment: NodeJS.ProcessEnv): Promise<string> => {
      let err = '';
      const io = {
        out: () => {
          throw new Error('the disk is full');
        },
        err: (text: string) => void (err += text),
        directory,
      };
      expect(await run(['rules'], io, environment)).toBe(2);
      return err;
    };
    expect(await broken({})).toBe(
      'tandem: unexpected: the disk is full; set TANDEM_DEBUG=1 or add --verbose to see where\n',
    );
    expect(await broken({ TANDEM_DEBUG: '1' })).toMatch(/the disk is full\n\s+at /);
  });
});
