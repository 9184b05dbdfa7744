import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { printTopology } from '../../lib/topology/read';
import { twoServers } from '../certificates/fixtures';
import { groupwarePair } from '../support/pair';
import { type Ran, directoryWith, tandem } from './support';

const own = { certificate: { subject: 'cn=two,o=Example', dnsNames: ['two'], directoryNames: ['cn=people'] } };

const project = (): string =>
  directoryWith({
    'cdktf.out/tandem/people/topology.json': printTopology(twoServers({ two: own })),
    'cdktf.out/tandem/groupware/topology.json': printTopology(groupwarePair()),
  });

// Keys take time on a machine that does something else.
jest.setTimeout(60_000);

const DAY = 24 * 60 * 60 * 1000;

describe('tandem certificates', () => {
  const directory = project();
  const other = directoryWith({
    'cdktf.out/tandem/people/topology.json': printTopology(twoServers()),
    'people.certificates': 'a file',
  });
  const file = (name: string): string => path.join(directory, 'people.certificates', name);
  const certificates = (command: string, ...rest: string[]): Promise<Ran> =>
    tandem(['certificates', command, 'people', ...rest], directory);
  const after = (days: number, ...argv: string[]): Promise<Ran> =>
    tandem(['certificates', ...argv], directory, {}, { date: () => new Date(Date.now() + days * DAY) });

  test('show tells what is missing before there is anything, and how to make it', async () => {
    const { code, out } = await certificates('show');
    expect(code).toBe(1);
    expect(out).toMatch(/^\(authority\) .*missing$/m);
    expect(out).toMatch(/^one .*missing$/m);
    expect(out).toContain('To do:\n  tandem certificates init people\n');
    expect(existsSync(file(''))).toBe(false);
  });

  test('init makes what is missing beside the file with the secrets, and says what it is good for', async () => {
    const { code, out, err } = await certificates('init');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('people: people.certificates (new authority, 2 new, 0 kept)\n  new  one\n  new  three\n');
    expect(out).toMatch(/^This authority is for development\. In production bring certificates of your own/m);
    expect(statSync(file('one/server.key')).mode & 0o777).toBe(0o600);
    const key = readFileSync(file('one/server.key'), 'utf8');
    const second = await certificates('init');
    expect(second.out).toContain('people: people.certificates (0 new, 2 kept)\n');
    expect(readFileSync(file('one/server.key'), 'utf8')).toBe(key);
    expect(out + second.out).not.toContain('PRIVATE KEY');
  });

  test('show prints names, end, days and state, and leaves out what users bring', async () => {
    const { code, out } = await certificates('show');
    expect(code).toBe(0);
    expect(out).toMatch(/^SERVER +SUBJECT +ALTERNATIVE NAMES +VALID UNTIL +DAYS LEFT +STATE$/m);
    expect(out).toMatch(
      /^one +cn=one,ou=servers,o=Example +DNS:one.example.com DNS:one IP:192.0.2.11 IP:2001:db8::1 DN:cn=people,ou=groups,o=Example +\d{4}-\d\d-\d\d +364 +ok$/m,
    );
    expect(out).toMatch(/^two +cn=two,o=Example +DNS:two DN:cn=people +brought by its user, not looked at$/m);
    expect(out).not.toContain('To do');
  });

  test('show prints JSON', async () => {
    const { code, out } = await certificates('show', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      deployment: 'people',
      authority: { state: 'ok' },
      servers: [{ server: 'one', state: 'ok', daysLeft: 364 }, { server: 'three' }],
      own: [{ server: 'two' }],
    });
  });

  test('show fails when a certificate ends soon, and renew mends it', async () => {
    const soon = await after(340, 'show', 'people');
    expect(soon.code).toBe(1);
    expect(soon.out).toMatch(/^one .* expires soon$/m);
    expect(soon.out).toContain('To do:\n  tandem certificates renew people one three\n');
    const renewed = await after(340, 'renew', 'people', 'one', '--days', '400');
    expect(renewed.out).toContain('people: people.certificates (1 new, 1 kept)\n  new  one\n');
    // Another server still ends soon.
    expect(renewed.code).toBe(1);
    expect((await after(340, 'renew', 'people')).code).toBe(0);
    expect((await after(340, 'show', 'people')).code).toBe(0);
  });

  test('init that must leave something alone says what to do', async () => {
    rmSync(file('one/server.key'));
    const { code, out } = await after(340, 'init', 'people');
    expect(code).toBe(1);
    expect(out).toMatch(/^one .* broken: a certificate without a key$/m);
    expect(out).toContain('To do:\n  tandem certificates renew people one\n');
  });

  test.each<[string, readonly string[], RegExp]>([
    ['no command', ['certificates'], /Usage: tandem certificates/],
    ['no deployment', ['certificates', 'init'], /missing required argument 'deployment'/],
    ['an unknown deployment', ['certificates', 'show', 'peple'], /no deployment 'peple'/],
    ['no directory servers', ['certificates', 'init', 'groupware'], /deployment groupware has no directory servers/],
    [
      'an unknown server',
      ['certificates', 'renew', 'people', 'four'],
      /no such directory server \(four\); name one of/,
    ],
    ['the server of a user', ['certificates', 'renew', 'people', 'two'], /is brought by its user \(two\)/],
    [
      'days that are none',
      ['certificates', 'init', 'people', '--days', '1.5'],
      /--days must be a number of days, 1 to/,
    ],
    ['no day', ['certificates', 'renew', 'people', '--days', '0'], /--days must be a number of days/],
    ['ages', ['certificates', 'init', 'people', '--authority-days', '7301'], /--authority-days must be a number of/],
  ])('fails with exit code 2 and no stack trace for %s', async (_, argv, message) => {
    const { code, err } = await tandem(argv, directory);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });

  test('fails with exit code 2 where the folder can not be one', async () => {
    const { code, err } = await tandem(['certificates', 'init', 'people'], other);
    expect(code).toBe(2);
    expect(err).toMatch(/^tandem: cannot use .*people\.certificates.* \(.+\); .+\n$/);
  });
});
