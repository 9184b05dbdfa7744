import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Testing } from 'cdktf';
import { Deployment } from 'tandem-ha';
import { Template, configureGoldenDirectory } from 'tandem-ha/testing';
import { compareWithGolden } from '../../lib/testing/golden-file';
import { DockerTarget } from '../../lib/target/index';
import { MvaultMultimaster } from '../../stacks/mvault-multimaster';

configureGoldenDirectory(path.resolve(__dirname, '../golden'));

expect.extend({
  toBeGolden(received: string, name: string) {
    const golden = { title: name, path: path.join(__dirname, 'golden/mvault-multimaster', name), content: received };
    const problem = compareWithGolden(this as unknown as Parameters<typeof compareWithGolden>[0], golden);
    return { pass: problem === undefined, message: () => problem ?? `${name} equals its golden file` };
  },
});

const stack = new MvaultMultimaster(Testing.app());
const nodes = stack.node.findAll();

test('has no findings that nobody has accepted', () => {
  expect(stack).toHaveNoFindings();
});

test('renders the files that were read and approved', () => {
  expect(stack).toMatchAllHostFiles();
});

test.each([
  'compose.yaml',
  'image/Dockerfile',
  'image/tandem-entry-point',
  'image/tandem-take',
  'image/tandem-health',
  'image/systemctl',
])('writes the %s that was read and approved', (name) => {
  const target = nodes.find((node): node is DockerTarget => node instanceof DockerTarget);
  const matchers = expect(target?.folderContents().get(name)) as unknown as { toBeGolden(name: string): void };
  matchers.toBeGolden(name);
});

test('three suppliers under a quorum feed two shadows (Q12, Q17)', () => {
  const deployment = nodes.find((node) => Deployment.isDeployment(node)) as Deployment;
  const { multiMasterGroups, replicas } = deployment.topology();
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
