import { covers, depthBelow } from '../../lib/topology/directory';

test.each([
  ['/srv', '/srv', true],
  ['/srv/', '/srv', true],
  ['/srv', '/srv/mail', true],
  ['/', '/srv', true],
  ['/srv', '/srvmail', false],
  ['/srv/mail', '/srv', false],
])('a mount at %s covers %s: %s', (mountPoint, directory, covered) => {
  expect(covers(mountPoint, directory)).toBe(covered);
});

test('a mount lies below those that hold it, and not below itself', () => {
  const all = ['/', '/srv', '/srv/mail/', '/srv/mail'];
  expect(all.map((directory) => depthBelow(directory, all))).toEqual([0, 1, 2, 2]);
});
