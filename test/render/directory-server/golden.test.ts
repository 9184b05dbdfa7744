import path from 'node:path';
import { configureGoldenDirectory } from '../../../lib/testing/golden-directory';
import '../../../lib/testing/index';
import { chainAndPlugins, failoverWithShadow } from '../../support/open-ldap-directories';

configureGoldenDirectory(path.resolve(__dirname, '../../golden'));

test('a failover group and its shadow get the files that were read and approved', () => {
  expect(failoverWithShadow()).toMatchAllHostFiles();
});

test('chaining, plug-ins, parts and links get the files that were read and approved', () => {
  expect(chainAndPlugins()).toMatchAllHostFiles();
});
