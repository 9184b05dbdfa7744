import path from 'node:path';
import { Testing } from 'cdktf';
import 'tandem-ha/testing';
import { configureGoldenDirectory } from 'tandem-ha/testing';
import { RhdsCascading } from '../../stacks/rhds-cascading';
import { RhdsFourWayMesh } from '../../stacks/rhds-four-way-mesh';
import { RhdsFourWayRing } from '../../stacks/rhds-four-way-ring';
import { RhdsLargeSite } from '../../stacks/rhds-large-site';
import { RhdsMillionUsers } from '../../stacks/rhds-million-users';
import { RhdsMixed } from '../../stacks/rhds-mixed';
import { RhdsMultiMaster } from '../../stacks/rhds-multi-master';
import { RhdsSingleMaster } from '../../stacks/rhds-single-master';
import { RhdsSmallSite } from '../../stacks/rhds-small-site';
import { RhdsTwoOffices } from '../../stacks/rhds-two-offices';
import { expectGoldenText } from '../support/golden-text';
import { IMAGE_FILES, testContainers, writtenBy } from './containers';

configureGoldenDirectory(path.resolve(__dirname, '../golden'));

/** Each with the number of its containers and of the daemons that they are on. */
describe.each([
  ['rhds-single-master', RhdsSingleMaster, 3, 1],
  ['rhds-multi-master', RhdsMultiMaster, 4, 1],
  ['rhds-four-way-mesh', RhdsFourWayMesh, 4, 1],
  ['rhds-four-way-ring', RhdsFourWayRing, 4, 1],
  ['rhds-cascading', RhdsCascading, 3, 3],
  ['rhds-mixed', RhdsMixed, 6, 1],
  ['rhds-two-offices', RhdsTwoOffices, 4, 2],
  ['rhds-small-site', RhdsSmallSite, 2, 1],
  ['rhds-large-site', RhdsLargeSite, 4, 2],
  ['rhds-million-users', RhdsMillionUsers, 22, 5],
] as const)('%s in containers', (_name, Scenario, containers, daemons) => {
  const stack = new Scenario(Testing.app());

  testContainers(stack, containers, daemons);
});

test.each([
  ['rhds-four-way-mesh', RhdsFourWayMesh],
  ['rhds-cascading', RhdsCascading],
] as const)('%s renders the files that were read and approved', (_name, Scenario) => {
  expect(new Scenario(Testing.app())).toMatchAllHostFiles();
});

test.each(IMAGE_FILES)('rhds-four-way-mesh writes the %s that was read and approved', (name) => {
  expectGoldenText(
    writtenBy(new RhdsFourWayMesh(Testing.app()), name),
    path.join(__dirname, 'golden/rhds-four-way-mesh', path.basename(name)),
  );
});
