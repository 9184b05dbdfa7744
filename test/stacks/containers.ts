import type { TerraformStack } from 'cdktf';
import { Template } from 'tandem-ha/testing';
import { DockerTarget } from '../../lib/target/index';

/** What a target writes of an image that has one role, beside the files of its hosts. */
export const IMAGE_FILES = [
  'compose.yaml',
  'image/Dockerfile',
  'image/tandem-entry-point',
  'image/tandem-take',
  'image/tandem-health',
  'image/systemctl',
] as const;

/** A file that the first target of a stack writes; empty where it writes none of that name. */
export function writtenBy(stack: TerraformStack, name: string): string {
  const target = stack.node.findAll().find((node): node is DockerTarget => node instanceof DockerTarget);
  return target?.folderContents().get(name) ?? '';
}

/** Tests of a stack that becomes so many containers on so many daemons. */
export function testContainers(stack: TerraformStack, containers: number, daemons: number): void {
  test('has no findings that nobody has accepted', () => {
    expect(stack).toHaveNoFindings();
  });

  test(`is ${containers} containers on ${daemons} daemons, which take their files in turn`, () => {
    const template = Template.of(stack);
    expect(template.resources('docker_container')).toHaveLength(containers);
    expect(template.resources('docker_image')).toHaveLength(daemons);
    expect(template.resources('terraform_data').filter(({ id }) => id.startsWith('host_'))).toHaveLength(containers);
  });
}
