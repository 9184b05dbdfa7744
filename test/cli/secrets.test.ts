import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { printTopology } from '../../lib/topology/read';
import { groupwarePair } from '../support/pair';
import { directoryWith, tandem } from './support';

const topology = groupwarePair();

describe('tandem secrets init', () => {
  const directory = directoryWith({ 'cdktf.out/tandem/groupware/topology.json': printTopology(topology) });

  test('gives each secret a value in a file for its owner alone, shows none, and keeps them', async () => {
    const first = await tandem(['secrets', 'init'], directory);
    expect(first).toMatchObject({ code: 0, err: '' });
    const [name = ''] = readdirSync(directory).filter((file) => file.endsWith('.tfvars.json'));
    const file = path.join(directory, name);
    const text = readFileSync(file, 'utf8');
    const values = JSON.parse(text) as Record<string, string>;
    expect(Object.keys(values)).toEqual(topology.secrets.map((secret) => secret.name));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    for (const value of Object.values(values)) expect(first.out).not.toContain(value);
    const second = await tandem(['secrets', 'init'], directory);
    expect(second.out).toContain(`(0 new, ${topology.secrets.length} kept)`);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
