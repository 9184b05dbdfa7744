import path from 'node:path';
import { TerraformStack, Testing } from 'cdktf';
import 'tandem-ha/testing';
import { Template, configureGoldenDirectory } from 'tandem-ha/testing';
import { build as hostsFile } from '../../lib/render/hosts/build';
import { DockerTarget } from '../../lib/target/index';
import { filesBelow } from '../../lib/testing/golden-file';
import { fileIndex, filesOfHostNamed } from '../../lib/testing/host-files';
import { MswitchDirectoryPair } from '../../stacks/mswitch-directory-pair';
import { MswitchIspDr } from '../../stacks/mswitch-isp-dr';
import { MswitchTablePair } from '../../stacks/mswitch-table-pair';
import { expectGoldenText } from '../support/golden-text';
import { IMAGE_FILES, testContainers, writtenBy } from './containers';

configureGoldenDirectory(path.resolve(__dirname, '../golden'));

/** Where there are several roles each has programs of its own. */
const ROLE_FILES = ['directory', 'mail'].flatMap((role) =>
  ['tandem-entry-point', 'tandem-health', 'systemctl'].map((program) => `image/${role}/${program}`),
);

/** Each with the number of its containers and of the daemons that they are on. */
describe.each([
  ['mswitch-table-pair', MswitchTablePair, 2, 1],
  ['mswitch-directory-pair', MswitchDirectoryPair, 2, 1],
] as const)('%s in containers', (_name, Scenario, containers, daemons) => {
  const stack = new Scenario(Testing.app());

  testContainers(stack, containers, daemons);

  test('renders the files that were read and approved', () => {
    expect(stack).toMatchAllHostFiles();
  });
});

test.each([
  ...IMAGE_FILES.map((name) => ['mswitch-table-pair', MswitchTablePair, name] as const),
  ...[...IMAGE_FILES, ...ROLE_FILES].map((name) => ['mswitch-directory-pair', MswitchDirectoryPair, name] as const),
])('%s writes the file that was read and approved', (stack, Scenario, name) => {
  expectGoldenText(
    writtenBy(new Scenario(Testing.app()), name),
    path.join(__dirname, 'golden', stack, name.replace('image/', '')),
  );
});

describe('mswitch-isp-dr in containers', () => {
  const scenario = new MswitchIspDr(Testing.app());
  const stacks = scenario.node.findAll().filter((node): node is TerraformStack => TerraformStack.isStack(node));

  test('has no findings that nobody has accepted', () => {
    expect(scenario.deployment).toHaveNoFindings();
  });

  test('is a stack for each site, whose pairs share no volume with others', () => {
    const of = (type: string): readonly number[] => stacks.map((stack) => Template.of(stack).resources(type).length);
    expect(stacks.map(({ node }) => node.id)).toEqual(['mswitch-isp-dr-hq', 'mswitch-isp-dr-dr']);
    expect(of('docker_container')).toEqual([7, 5]);
    // A queue and a state for each mail server; state, configuration and entries of the directory server.
    expect(of('docker_volume')).toEqual([6 * 2 + 3, 4 * 2 + 3]);
  });

  test.each(['hq-ldap', 'hq-mail11', 'hq-mail12', 'dr-ldap', 'dr-mail11', 'dr-mail12'])(
    'renders the files of %s that were read and approved',
    (host) => {
      const topology = scenario.deployment.topology();
      const files = filesOfHostNamed(topology, host);
      const folder = path.join(__dirname, '../golden', topology.name, host);
      expectGoldenText(fileIndex(files), path.join(folder, 'files.txt'));
      for (const file of files.files) expect(scenario.deployment).toMatchHostFile(host, file.path);
      const rendered = ['files.txt', ...files.files.map((file) => file.path.slice(1))];
      expect(filesBelow(folder).map((file) => path.relative(folder, file))).toEqual(rendered.sort());
    },
  );

  test.each(['hq', 'dr'])('writes the compose file of site %s that was read and approved', (site) => {
    const [target] = scenario.node
      .findAll()
      .filter((node): node is DockerTarget => node instanceof DockerTarget && node.node.id === `docker-${site}`);
    const name = `compose.docker-${site}.${site}.yaml`;
    expectGoldenText(target?.folderContents().get(name) ?? '', path.join(__dirname, 'golden/mswitch-isp-dr', name));
  });

  test('names the directory servers of both sites for the look-ups of every mail server', () => {
    const topology = scenario.deployment.topology();
    for (const { id } of topology.hosts.filter(({ name }) => name.includes('mail')))
      expect(hostsFile(topology, id).entries.flatMap(({ names }) => names)).toEqual(
        expect.arrayContaining(['dr-ldap', 'hq-ldap']),
      );
  });
});
