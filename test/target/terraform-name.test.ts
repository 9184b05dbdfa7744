import fc from 'fast-check';
import { terraformName } from '../../lib/target/terraform-name';

test('host names stay readable', () => {
  expect(terraformName('mail-1.example.org')).toBe('mail-1__example__org');
});

test('different names give different identifiers', () => {
  const name = fc.string({ unit: fc.constantFrom('a', '.', '_', 'x', 'u', '-', '2', 'e', '/', 'é'), maxLength: 8 });
  fc.assert(
    fc.property(name, name, (one, other) => {
      expect(terraformName(one) === terraformName(other)).toBe(one === other);
    }),
  );
});

test('identifiers hold nothing but letters, digits, underscores and dashes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(terraformName(name)).toMatch(/^[A-Za-z0-9_-]*$/);
    }),
  );
});
