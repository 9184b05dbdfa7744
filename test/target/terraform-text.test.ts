import { changedByTerraform, terraformLiteral } from '../../lib/target/terraform-text';

test('template openings of Terraform become literals', () => {
  expect(terraformLiteral('a ${b} %{c} $d %e $${f}')).toBe('a $${b} %%{c} $d %e $$${f}');
});

test.each(['plain\ttext\r\n', 'é and \u2028', '\u{1f600}'])('%j reaches a host as it is', (text) => {
  expect(changedByTerraform(text)).toBeUndefined();
});

test.each([
  ['a\0b', 'it holds a NUL'],
  ['e\u0301', 'it is not in Unicode normal form C'],
  ['\ud800', 'it holds half of a surrogate pair'],
])('fails to keep %j', (text, reason) => {
  expect(changedByTerraform(text)).toBe(reason);
});
