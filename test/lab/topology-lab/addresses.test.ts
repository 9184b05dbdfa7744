import { contains, freeAddress } from './addresses';

test('the last free address is taken, and never the broadcast address', () => {
  expect(freeAddress('192.0.2.0/24', new Set())).toBe('192.0.2.254/24');
  expect(freeAddress('192.0.2.0/24', new Set(['192.0.2.254', '192.0.2.253']))).toBe('192.0.2.252/24');
  expect(freeAddress('2001:db8::/64', new Set())).toBe('2001:db8::ffff:ffff:ffff:fffe/64');
});

test('a network that is full has none', () => {
  expect(freeAddress('192.0.2.0/30', new Set(['192.0.2.1', '192.0.2.2']))).toBeUndefined();
});

test('an address lies in its network only', () => {
  expect(contains('192.0.2.254/24', '192.0.2.9')).toBe(true);
  expect(contains('192.0.2.254/24', '198.51.100.9')).toBe(false);
  expect(contains('192.0.2.254/24', '2001:db8::1')).toBe(false);
});
