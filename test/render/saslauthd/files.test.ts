import fc from 'fast-check';
import { FormatError } from '../../../lib/render/format-error';
import { files } from '../../../lib/render/saslauthd/files';
import { print } from '../../../lib/render/saslauthd/print';
import type { Topology } from '../../../lib/topology/topology';
import { groupwarePair } from '../../support/pair';
import { nastyText } from '../nasty-text';
import { withOwnGroup, withSettings } from '../with-settings';

const pair = groupwarePair();
const [first = '', second = ''] = pair.hosts.map(({ id }) => id);

function options(topology: Topology): Readonly<Record<string, string>> {
  const file = files(topology, first).find(({ path }) => path === '/etc/saslauthd.conf');
  return Object.fromEntries(
    (file?.content ?? '')
      .split('\n')
      .slice(1)
      .filter((line) => line !== '')
      .map((line) => /^([a-z_]+): (.*)$/s.exec(line)?.slice(1) ?? ['broken', line]),
  );
}

test('is the same on both nodes', () => {
  expect(files(pair, second)).toEqual(files(pair, first));
});

test('asks the directory of the same node', () => {
  expect(options(pair)).toEqual({
    ldap_servers: 'ldap://127.0.0.1:389/',
    ldap_search_base: 'dc=example,dc=com',
    ldap_scope: 'sub',
    ldap_filter: '(uid=%u)',
    ldap_auth_method: 'bind',
  });
});

test('asks at the virtual address when the directory is in another group', () => {
  expect(options(withOwnGroup(pair, ['openldap'], '192.168.1.170'))['ldap_servers']).toBe('ldap://192.168.1.170:389/');
  expect(options(withOwnGroup(pair, ['openldap'], 'fd00::1'))['ldap_servers']).toBe('ldap://[fd00::1]:389/');
});

test('keeps no password that was changed in the directory', () => {
  const defaults = files(pair, first).find(({ path }) => path === '/etc/default/saslauthd')?.content;
  expect(defaults).toContain("START='yes'\n");
  expect(defaults).toContain("OPTIONS='-m /var/run/saslauthd'\n");
});

test('needs no file of its own for PAM', () => {
  const pam = withSettings(pair, 'saslauthd', { mechanism: 'pam', directory: undefined });
  expect(files(pam, first).map(({ path }) => path)).toEqual(['/etc/default/saslauthd']);
});

test('writes a percent sign so that saslauthd does not replace it', () => {
  expect(options(withSettings(pair, 'openldap', { suffix: 'o=100%u' }))['ldap_search_base']).toBe('o=100%%u');
});

test('fails for a directory that is no OpenLDAP', () => {
  const postgresql = pair.services.find(({ settings }) => settings.kind === 'postgresql')?.id;
  expect(() => files(withSettings(pair, 'saslauthd', { directory: postgresql }), first)).toThrow(
    /\[groupware\/saslauthd\] .*has no OpenLDAP service/,
  );
});

test('fails for a suffix that saslauthd would cut off', () => {
  expect(() => files(withSettings(pair, 'openldap', { suffix: `o=${'x'.repeat(510)}` }), first)).toThrow(/511 bytes/);
});

test.each([
  ['Upper', 'x'],
  ['name', ''],
  ['name', ' x'],
  ['name', 'x\ny'],
])('fails for the line %j: %j', (name, value) => {
  expect(() => print([{ name, value }])).toThrow(FormatError);
});

test('any suffix is refused or leaves the lines as they are', () => {
  fc.assert(
    fc.property(nastyText(), (suffix) => {
      let found: Readonly<Record<string, string>>;
      try {
        found = options(withSettings(pair, 'openldap', { suffix }));
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        return;
      }
      expect(found).toEqual({ ...options(pair), ldap_search_base: suffix.replaceAll('%', '%%') });
    }),
  );
});
