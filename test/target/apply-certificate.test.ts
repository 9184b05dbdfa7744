import { onHost, type Bundle, type FakeHost } from './fake-host';

/** A certificate whose files say the same where they belong together; `openssl` is a stand-in that compares them. */
const certificate = (key: string, of = key): Bundle =>
  Object.fromEntries(
    [
      ['ca.pem', 'authority', '0644'],
      ['server.crt', of, '0644'],
      ['server.key', key, '0640'],
    ].map(([name, content, mode]) => [
      `/etc/ldap/tls/${name}`,
      {
        content: `${content}\n`,
        mode: mode as string,
        checker: 'certificate',
        activation: 'command',
        command: 'take-up',
      },
    ]),
  );

/** `openssl x509 -in FILE`, `openssl pkey -in FILE` print the file; `verify` refuses what says so. */
const OPENSSL = `case $1 in verify) shift; while [ $# -gt 1 ]; do shift; done; ! grep expired "$1" ;; *) cat "$3" ;; esac`;

function onServer(check: (host: FakeHost) => void): void {
  onHost((host) => {
    host.program('openssl', OPENSSL);
    host.program('take-up', '');
    expect(host.run(certificate('first'), 'id-0')).toMatchObject({ status: 0 });
    host.calls();
    check(host);
  });
}

const tookUp = (host: FakeHost): number => host.calls().filter((call) => call.startsWith('take-up')).length;

test('a renewed certificate is put in place with its key and taken up once', () => {
  onServer((host) => {
    expect(host.run(certificate('second'), 'id-1')).toMatchObject({ status: 0 });
    expect(host.read('etc/ldap/tls/server.key')).toBe('second\n');
    expect(host.mode('etc/ldap/tls/server.key')).toBe('640');
    expect(tookUp(host)).toBe(1);
    expect(host.holding('second').sort()).toEqual(
      ['server.crt', 'server.key'].map((name) => host.path(`etc/ldap/tls/${name}`)),
    );
  });
});

test('the same certificate again is not looked at and not taken up', () => {
  onServer((host) => {
    expect(host.run(certificate('first'), 'id-1')).toMatchObject({ status: 0 });
    expect(host.calls()).toEqual([]);
  });
});

test.each([
  ['a key of another certificate', certificate('second', 'first'), 'server.key is not the key of server.crt'],
  ['an expired certificate', certificate('expired'), '/etc/ldap/tls/server.crt was refused'],
])('fails for %s, and the old files stay', (_what, bundle, message) => {
  onServer((host) => {
    const { status, output } = host.run(bundle, 'id-1');
    expect(status).toBe(1);
    expect(output).toContain(message);
    expect(output).toContain('nothing was changed on this host');
    expect(host.read('etc/ldap/tls/server.key')).toBe('first\n');
    expect(tookUp(host)).toBe(0);
    expect(host.holding('second')).toEqual([]);
  });
});

test('fails when slapd does not take it up, and the old files come back and are taken up again', () => {
  onServer((host) => {
    host.program('take-up', `! grep second '${host.path('etc/ldap/tls/server.crt')}'`);
    expect(host.run(certificate('second'), 'id-1').status).toBe(1);
    expect(host.read('etc/ldap/tls/server.crt')).toBe('first\n');
    expect(tookUp(host)).toBe(2);
  });
});
