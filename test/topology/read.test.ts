import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { printTopology, readTopology } from '../../lib/topology/read';
import { groupwarePair } from '../support/pair';

const repository = path.resolve(__dirname, '../..');

describe('topology.json', () => {
  test('is read back as it was printed, without the stack', async () => {
    const topology = groupwarePair();
    expect(await readTopology(printTopology(topology))).toEqual(topology);
  });

  test('of groups that were written before they had a way to start is read as one that starts them in turn', async () => {
    const topology = groupwarePair();
    const old = printTopology(topology).replace(/\n *"start": "in-turn",/u, '');
    expect(old).not.toContain('in-turn');
    expect(await readTopology(old)).toEqual(topology);
  });

  test('is the same bytes for the same input', () => {
    expect(printTopology(groupwarePair())).toBe(printTopology(groupwarePair()));
  });

  test('fails for text that is no JSON', async () => {
    await expect(readTopology('{')).rejects.toThrow(/^topology\/json: the text is no JSON/);
  });

  test('fails for a file of another kind', async () => {
    await expect(readTopology('{"format":"other"}')).rejects.toThrow('the file is no topology (format "other")');
    await expect(readTopology('null')).rejects.toThrow('the file is no topology (format undefined)');
  });

  test('fails for another format version', async () => {
    const text = printTopology(groupwarePair()).replace('"formatVersion": 1', '"formatVersion": 2');
    await expect(readTopology(text)).rejects.toThrow('another format version (2, this is 1)');
  });

  test('fails with every place that breaks the schema', async () => {
    const topology = { ...groupwarePair(), hosts: 3, clusters: [{}] };
    await expect(readTopology(JSON.stringify(topology))).rejects.toThrow(/\/hosts must be array[\s\S]*\/clusters\/0/);
  });

  test('has a schema that is made from the types', () => {
    const made = execFileSync('node', ['scripts/topology-schema.mjs', '--print'], {
      cwd: repository,
      encoding: 'utf8',
    });
    expect(readFileSync(path.join(repository, 'lib/topology/topology.schema.json'), 'utf8')).toBe(made);
  });
});
