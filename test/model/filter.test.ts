import { parseFilter } from '../../lib/model/values/filter';

test.each([
  '(cn=a)',
  '(cn=)',
  '(cn=*)',
  '(cn=a*b*c)',
  '(&(objectClass=person)(!(uid=x*)))',
  '(|(cn>=a)(cn<=b)(cn~=c))',
  '(cn;lang-de= ä "quoted" \\28\\5c)',
  '(2.5.4.3=a)',
  '(cn:dn:caseExactMatch:=a)',
  '(:dn:2.5.13.5:=a)',
])('%s is a filter', (text) => {
  expect(parseFilter(text)).toBe(text);
});

test.each([
  '',
  'cn=a',
  '(cn)',
  '(cn=a',
  '(cn=a))',
  '(cn=a)(cn=b)',
  '(cn=a**b)',
  '(cn=a(b)',
  '(cn=\\zz)',
  '(&)',
  '(!(cn=a)(cn=b))',
  '(&cn=a)',
  '(c n=a)',
  '(:=a)',
  '(!'.repeat(10_000),
])('fails for %j', (text) => {
  expect(() => parseFilter(text)).toThrow(/^value\/filter: a filter must be in parentheses/);
});
