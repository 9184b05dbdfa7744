import path from 'node:path';
import { configureGoldenDirectory } from '../../../lib/testing/golden-directory';
import '../../../lib/testing/index';
import { mesh } from '../../support/ds389-directories';

configureGoldenDirectory(path.resolve(__dirname, '../../golden'));

test('two suppliers, a hub and a consumer of a part get the files that were read and approved', () => {
  expect(mesh()).toMatchAllHostFiles();
});
