import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { initializeSecrets } from '../../lib/target/index';
import { groupwarePair } from '../support/pair';
import { withFolder } from './stack';

const topology = groupwarePair();
const names = topology.secrets.map((secret) => secret.name);
const FILE = 'groupware.secrets.tfvars.json';

function values(directory: string): Record<string, string> {
  return JSON.parse(readFileSync(join(directory, FILE), 'utf8')) as Record<string, string>;
}

function run(directory: string): ReturnType<typeof initializeSecrets> {
  return initializeSecrets({ directory, topologies: [topology] });
}

test('every secret gets a value of its own that the formats can hold, in a file for its owner only', () => {
  withFolder((directory) => {
    const [result] = run(directory);
    const made = values(directory);
    expect(result).toEqual({
      deployment: 'groupware',
      file: join(directory, FILE),
      added: names,
      kept: [],
      unknown: [],
    });
    expect(Object.keys(made)).toEqual(names);
    for (const value of Object.values(made)) expect(value).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(new Set(Object.values(made)).size).toBe(names.length);
    expect(statSync(join(directory, FILE)).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory)).toEqual([FILE]);
  });
});

test('values that exist are kept, new ones are added, and the file is closed to others', () => {
  withFolder((directory) => {
    writeFileSync(join(directory, FILE), JSON.stringify({ groupware_drbd: 'my-own-password', stranger: 7 }));
    chmodSync(join(directory, FILE), 0o644);
    const [result] = run(directory);
    expect(values(directory)).toMatchObject({ groupware_drbd: 'my-own-password', stranger: 7 });
    expect(result).toMatchObject({ kept: ['groupware_drbd'], unknown: ['stranger'] });
    expect(result?.added).toHaveLength(names.length - 1);
    expect(statSync(join(directory, FILE)).mode & 0o777).toBe(0o600);
  });
});

test('a second run changes nothing', () => {
  withFolder((directory) => {
    run(directory);
    const before = values(directory);
    expect(run(directory)[0]?.added).toEqual([]);
    expect(values(directory)).toEqual(before);
  });
});

test('a deployment without secrets gets no file', () => {
  withFolder((directory) => {
    expect(initializeSecrets({ directory, topologies: [{ ...topology, secrets: [] }] })).toEqual([]);
    expect(readdirSync(directory)).toEqual([]);
  });
});

test('git that ignores the file has no objection', () => {
  withFolder((directory) => {
    spawnSync('git', ['init', '--quiet'], { cwd: directory });
    writeFileSync(join(directory, '.gitignore'), '*.tfvars.json\n');
    expect(run(directory)[0]?.added).toEqual(names);
  });
});

test('fails when git would take the file', () => {
  withFolder((directory) => {
    spawnSync('git', ['init', '--quiet'], { cwd: directory });
    expect(() => run(directory)).toThrow(
      /secrets\/git: git does not ignore the variable file \(.*tfvars\.json\); add /,
    );
    expect(readdirSync(directory)).toEqual(['.git']);
  });
});

test('fails for a value that the formats can not hold, without showing it', () => {
  withFolder((directory) => {
    const text = JSON.stringify({ groupware_drbd: 'secret with spaces' });
    writeFileSync(join(directory, FILE), text);
    expect(() => run(directory)).toThrow(/^(?!.*secret with spaces).*secrets\/value: .* \(groupware_drbd\)/);
    expect(readFileSync(join(directory, FILE), 'utf8')).toBe(text);
  });
});

test('fails for a password that 389 Directory Server would refuse, which has eight characters at least', () => {
  withFolder((directory) => {
    const [name = ''] = names;
    writeFileSync(join(directory, FILE), JSON.stringify({ [name]: 'seven77' }));
    expect(() => run(directory)).toThrow(
      new RegExp(`^\\[[^\\]]+\\] secrets/value: the value in .* must be 12 to 64 letters.* \\(${name}\\); change it`),
    );
  });
});

test.each(['not json', '[]', 'null'])('fails for a file that holds %s, and leaves it', (text) => {
  withFolder((directory) => {
    writeFileSync(join(directory, FILE), text);
    expect(() => run(directory)).toThrow('secrets/file: the variable file is no JSON object');
    expect(readFileSync(join(directory, FILE), 'utf8')).toBe(text);
  });
});
