import path from 'node:path';
import { Testing } from 'cdktf';
import 'tandem-ha/testing';
import { Template, configureGoldenDirectory } from 'tandem-ha/testing';
import { DockerTarget } from '../../lib/target/index';
import { MswitchTablePair } from '../../stacks/mswitch-table-pair';
import { expectGoldenText } from '../support/golden-text';

configureGoldenDirectory(path.resolve(__dirname, '../golden'));

/** Each with the number of its containers and of the daemons that they are on. */
describe.each([['mswitch-table-pair', MswitchTablePair, 2, 1]] as const)(
  '%s in containers',
  (_name, Scenario, containers, daemons) => {
    const stack = new Scenario(Testing.app());

    test('has no findings that nobody has accepted', () => {
      expect(stack).toHaveNoFindings();
    });

    test(`is ${containers} containers on ${daemons} daemons, which take their files in turn`, () => {
      const template = Template.of(stack);
      expect(template.resources('docker_container')).toHaveLength(containers);
      expect(template.resources('docker_image')).toHaveLength(daemons);
      expect(template.resources('terraform_data').filter(({ id }) => id.startsWith('host_'))).toHaveLength(containers);
    });

    test('renders the files that were read and approved', () => {
      expect(stack).toMatchAllHostFiles();
    });
  },
);

test.each([
  'compose.yaml',
  'image/Dockerfile',
  'image/tandem-entry-point',
  'image/tandem-take',
  'image/tandem-health',
  'image/systemctl',
])('mswitch-table-pair writes the %s that was read and approved', (name) => {
  const nodes = new MswitchTablePair(Testing.app()).node.findAll();
  const target = nodes.find((node): node is DockerTarget => node instanceof DockerTarget);
  expectGoldenText(
    target?.folderContents().get(name) ?? '',
    path.join(__dirname, 'golden/mswitch-table-pair', path.basename(name)),
  );
});
