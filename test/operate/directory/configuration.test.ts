import { compareConfiguration, ldifEntries } from '../../../lib/operate/directory/configuration';

const rendered = ldifEntries(`# head
dn: cn=module{0},cn=config
olcModuleLoad: back_mdb
olcModuleLoad: syncprov

dn: cn=schema,cn=config
cn: schema

include: file:///etc/ldap/schema/core.ldif

dn: olcDatabase={1}mdb,cn=config
olcSuffix: dc=exa
 mple,dc=com
olcReadOnly: TRUE
olcRootPW: {CRYPT}@@tandem-secret:admin:crypt@@
olcDbIndex:: dWlkIGVx
olcDbIndex: cn eq
olcAccess: {0}to * by * read
olcAccess: {1}to * by * none
`);

const running = (
  change: (values: Record<string, string[]>) => void = () => undefined,
): Parameters<typeof compareConfiguration>[1] => {
  const values: Record<string, string[]> = {
    olcsuffix: ['dc=example,dc=com'],
    olcreadonly: ['FALSE'],
    olcrestrict: ['all'],
    olcrootpw: ['{CRYPT}x'],
    olcdbindex: ['cn eq', 'uid eq'],
    olcaccess: ['{1}to * by * none', '{0}to *  by * read'],
    entrycsn: ['x'],
  };
  change(values);
  return [
    { dn: 'cn=module{0},cn=config', values: { olcmoduleload: ['{1}syncprov', '{0}back_mdb'] } },
    { dn: 'cn=schema,cn=config', values: { olcattributetypes: ['built in'] } },
    { dn: 'cn={0}core,cn=schema,cn=config', values: {} },
    { dn: 'olcDatabase={1}mdb,cn=config', values },
  ];
};

test('what changes at run time, what slapd numbers and what it brings along is no difference', () => {
  expect(compareConfiguration(rendered, running())).toEqual([]);
});

test.each<[string, (values: Record<string, string[]>) => void, string]>([
  ['another value', (values) => (values['olcdbindex'] = ['cn eq']), 'olcdbindex different'],
  [
    'another order of rules',
    (values) => values['olcaccess']?.splice(0, 2, '{0}to * by * none', '{1}to * by * read'),
    'olcaccess different',
  ],
  ['an attribute more', (values) => (values['olclimits'] = ['x']), 'olclimits unexpected'],
  ['an attribute less', (values) => delete values['olcsuffix'], 'olcsuffix missing'],
])('%s is a difference', (_name, change, expected) => {
  const found = compareConfiguration(rendered, running(change));
  expect(found.map(({ attribute, is }) => `${attribute} ${is}`)).toEqual([expected]);
});

test('an entry that is missing, and one that should not be there, are differences', () => {
  const other = { dn: 'olcDatabase={9}mdb,cn=config', values: {} };
  expect(compareConfiguration(rendered, [...running().slice(0, 3), other])).toEqual([
    { dn: 'olcDatabase={1}mdb,cn=config', is: 'missing' },
    { dn: 'olcDatabase={9}mdb,cn=config', is: 'unexpected' },
  ]);
});
