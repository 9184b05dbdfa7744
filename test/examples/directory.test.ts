import 'tandem-ha/testing';
import { Testing } from 'cdktf';
import { Directory } from './directory';

const stack = new Directory(Testing.app(), 'directory');

test('the design has no findings', () => {
  expect(stack).toHaveNoFindings();
});

test.each(['alpha', 'beta'])('the configuration of %s is the one that was reviewed', (host) => {
  expect(stack).toMatchHostFile(host, '/etc/drbd.conf');
  expect(stack).toMatchHostFile(host, '/etc/ha.d/ha.cf');
  expect(stack).toMatchHostFile(host, '/etc/ha.d/haresources');
});
