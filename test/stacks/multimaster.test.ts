import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Testing } from 'cdktf';
import { Template, configureGoldenDirectory } from 'tandem-ha/testing';
import { MvaultMultimaster } from '../../stacks/mvault-multimaster';
import { expectGoldenText } from '../support/golden-text';
import { topologyOf } from '../support/topology-of';
import { IMAGE_FILES, writtenBy } from './containers';

configureGoldenDirectory(path.resolve(__dirname, '../golden'));

const stack = new MvaultMultimaster(Testing.app());

test('has no findings that nobody has accepted', () => {
  expect(stack).toHaveNoFindings();
});

test('renders the files that were read and approved', () => {
  expect(stack).toMatchAllHostFiles();
});

test.each(IMAGE_FILES)('writes the %s that was read and approved', (name) => {
  expectGoldenText(writtenBy(stack, name), path.join(__dirname, 'golden/mvault-multimaster', name));
});

test('three suppliers under a quorum feed two shadows (Q12, Q17)', () => {
  const { multiMasterGroups, replicas } = topologyOf(stack);
  expect(multiMasterGroups.map(({ partitionPolicy, suppliers }) => [partitionPolicy, suppliers.length])).toEqual([
    ['quorum', 3],
  ]);
  expect(replicas.filter(({ role }) => role === 'consumer').map(({ server }) => server)).toEqual([
    'shadow1',
    'shadow2',
  ]);
});

test('is a container for each host, which takes its files in turn', () => {
  const template = Template.of(stack);
  expect(template.resources('docker_container').map(({ id }) => id)).toEqual(
    ['master1', 'master2', 'master3', 'shadow1', 'shadow2'].map((name) => `host_${name}-host`),
  );
  expect(template.resources('terraform_data').map(({ id }) => id)).toContain('open_docker');
});

test('is written in at most 60 lines', () => {
  const source = readFileSync(path.resolve(__dirname, '../../stacks/mvault-multimaster.ts'), 'utf8');
  expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
});
