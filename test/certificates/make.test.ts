import { X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SOON } from '../../lib/certificates/assess';
import { lookAtCertificates } from '../../lib/certificates/look';
import { initializeCertificates, renewCertificates } from '../../lib/certificates/make';
import type { Topology } from '../../lib/topology/topology';
import { type TwoServers, temporaryDirectory, twoServers } from './fixtures';

// Keys take time on a machine that does something else.
jest.setTimeout(60_000);

const NOW = new Date('2027-03-01T12:00:00Z');
const DAY = 24 * 60 * 60 * 1000;
const later = (days: number): Date => new Date(NOW.getTime() + days * DAY);

/** A project's folder with the deployment in it. */
class Project {
  readonly directory = temporaryDirectory();
  readonly folder = join(this.directory, 'people.certificates');
  topology: Topology = twoServers();
  now = NOW;

  design(servers: TwoServers): void {
    this.topology = twoServers(servers);
  }
  init = (): ReturnType<typeof initializeCertificates> =>
    initializeCertificates({ ...this.props(), days: 365, authorityDays: 3650 });
  renew = (...servers: string[]): ReturnType<typeof renewCertificates> =>
    renewCertificates({ ...this.props(), days: 365 }, servers);
  states = (): Record<string, string> => {
    const { authority, servers } = lookAtCertificates(this.props());
    return Object.fromEntries([['ca', authority.state], ...servers.map(({ server, state }) => [server, state])]);
  };
  file = (name: string): string => join(this.folder, name);
  read = (name: string): string => readFileSync(this.file(name), 'utf8');
  certificate = (server: string): X509Certificate => new X509Certificate(this.read(`${server}/server.crt`));
  /** Text of all files. */
  content = (): Record<string, string> =>
    Object.fromEntries(
      readdirSync(this.folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => statSync(this.file(name)).isFile())
        .sort()
        .map((name) => [name, this.read(name)]),
    );
  private props = (): Parameters<typeof lookAtCertificates>[0] => ({
    directory: this.directory,
    topology: this.topology,
    now: this.now,
  });
}

const WELL = { ca: 'ok', one: 'ok', three: 'ok', two: 'ok' };
const FILES = ['one', 'three', 'two'].flatMap((server) => [`${server}/server.crt`, `${server}/server.key`]);

async function initialized(): Promise<Project> {
  const project = new Project();
  await project.init();
  return project;
}

describe('init', () => {
  test('makes an authority and what each server needs, readable for whom it may', async () => {
    const project = new Project();
    expect(await project.init()).toMatchObject({ authorityMade: true, made: ['one', 'three', 'two'], own: [] });
    expect(Object.keys(project.content())).toEqual(['.gitignore', 'ca.key', 'ca.pem', ...FILES]);
    const mode = (name: string): number => statSync(project.file(name)).mode & 0o777;
    for (const folder of ['', 'one', 'two']) expect(mode(folder)).toBe(0o700);
    for (const key of ['ca.key', 'one/server.key', 'two/server.key']) expect(mode(key)).toBe(0o600);
    for (const certificate of ['ca.pem', 'one/server.crt']) expect(mode(certificate)).toBe(0o644);
    expect(project.states()).toEqual(WELL);
    expect(project.read('.gitignore')).toMatch(/^\*$/m);
  });

  test('signs with P-256 for a year, by an authority for ten that signs no other', async () => {
    const project = await initialized();
    const authority = new X509Certificate(project.read('ca.pem'));
    const one = project.certificate('one');
    expect([authority.ca, one.ca]).toEqual([true, false]);
    expect(one.verify(authority.publicKey)).toBe(true);
    expect(one.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(new Date(one.validTo)).toEqual(later(365));
    expect(new Date(authority.validTo)).toEqual(later(3650));
    // Clocks of servers may be behind.
    expect(new Date(one.validFrom) < NOW).toBe(true);
    expect(one.serialNumber).not.toBe(project.certificate('two').serialNumber);
  });

  test('changes no byte when all is good', async () => {
    const project = await initialized();
    const before = project.content();
    project.now = later(200);
    expect(await project.init()).toMatchObject({ authorityMade: false, made: [] });
    expect(project.content()).toEqual(before);
  });

  test('makes what is missing, and leaves the others', async () => {
    const project = await initialized();
    const before = project.content();
    rmSync(project.file('two'), { recursive: true });
    rmSync(project.file('three/server.key'));
    expect(project.states()).toEqual({ ...WELL, two: 'missing', three: 'broken' });
    expect((await project.init()).made).toEqual(['two']);
    expect(project.states()).toEqual({ ...WELL, three: 'broken' });
    for (const file of ['ca.key', 'ca.pem', 'one/server.crt', 'one/server.key'])
      expect(project.read(file)).toBe(before[file]);
  });

  test.each<[string, TwoServers, string[]]>([
    ['the identity of a server (F12)', { one: { identity: 'cn=other,o=Example' } }, ['one']],
    ['the identity of a group (F21)', { groupIdentity: 'cn=other,o=Example' }, ['one', 'two']],
    ['a host name', { two: { hostname: 'two.example.net' } }, ['two']],
  ])('makes anew what has lost its names with %s', async (_, design, changed) => {
    const project = await initialized();
    project.design(design);
    expect(project.states()).toEqual({ ...WELL, ...Object.fromEntries(changed.map((name) => [name, 'changed'])) });
    expect((await project.init()).made).toEqual(changed);
    expect(project.states()).toEqual(WELL);
  });

  test('makes anew what has expired, not what will', async () => {
    const project = await initialized();
    await project.renew('one');
    project.now = later(200);
    await project.renew('two');
    project.now = later(365 - SOON + 1);
    expect(project.states()).toEqual({ ...WELL, one: 'expires-soon', three: 'expires-soon' });
    expect((await project.init()).made).toEqual([]);
    project.now = later(366);
    expect(project.states()).toEqual({ ...WELL, one: 'expired', three: 'expired' });
    expect((await project.init()).made).toEqual(['one', 'three']);
  });

  test('leaves what somebody else has put there', async () => {
    const [project, other] = [await initialized(), await initialized()];
    for (const file of ['server.crt', 'server.key'])
      writeFileSync(project.file(`one/${file}`), other.read(`one/${file}`));
    writeFileSync(project.file('two/server.key'), other.read('two/server.key'));
    writeFileSync(project.file('three/server.crt'), 'no certificate');
    const before = project.content();
    const broken = { ...WELL, one: 'foreign', two: 'broken', three: 'broken' };
    expect(project.states()).toEqual(broken);
    expect((await project.init()).made).toEqual([]);
    expect([project.content(), project.states()]).toEqual([before, broken]);
  });

  test('takes keys from the eyes of others', async () => {
    const project = await initialized();
    chmodSync(project.file('one/server.key'), 0o644);
    expect(project.states()).toEqual({ ...WELL, one: 'exposed' });
    await project.init();
    expect(project.states()).toEqual(WELL);
  });

  test('makes nothing where every certificate is brought', async () => {
    const project = new Project();
    const directoryServers = project.topology.directoryServers.map((server) => ({
      ...server,
      certificate: { subject: server.identity, directoryNames: [], dnsNames: [] },
    }));
    project.topology = { ...project.topology, directoryServers };
    expect(await project.init()).toMatchObject({ authorityMade: false, made: [], own: [{}, {}, {}] });
    expect(existsSync(project.folder)).toBe(false);
  });

  test.each<[string, (project: Project, other: Project) => void, RegExp]>([
    ['a key without its certificate', ({ file }) => rmSync(file('ca.pem')), /a key without a certificate/],
    ['a certificate without its key', ({ file }) => rmSync(file('ca.key')), /a certificate without a key/],
    [
      'the key of another',
      ({ file }, { read }) => writeFileSync(file('ca.key'), read('ca.key')),
      /the key is that of another certificate/,
    ],
    ['a file that is no key', ({ file }) => writeFileSync(file('ca.key'), 'x'), /the key can not be read/],
    [
      'the certificate of a server in its place',
      ({ file, read }) => {
        writeFileSync(file('ca.pem'), read('one/server.crt'));
        writeFileSync(file('ca.key'), read('one/server.key'));
      },
      /no certificate of an authority/,
    ],
    [
      'neither, though servers have certificates',
      ({ file }) => ['ca.pem', 'ca.key'].forEach((name) => rmSync(file(name))),
      /certificates of an authority that is gone \(one\)/,
    ],
    ['its end behind it', (project) => void (project.now = later(3651)), /the authority is not valid now/],
  ])('fails for an authority with %s, and changes nothing', async (_, harm, message) => {
    const [project, other] = [await initialized(), await initialized()];
    harm(project, other);
    const before = project.content();
    await expect(project.init()).rejects.toThrow(message);
    await expect(project.init()).rejects.toThrow(
      /\[people\] certificates\/authority: .*; .*move people.certificates away/,
    );
    await expect(project.renew()).rejects.toThrow(/certificates\/authority/);
    expect(project.content()).toEqual(before);
  });

  test('fails for a name that no certificate holds before anything is written', async () => {
    const project = new Project();
    project.design({ two: { identity: 'nonsense=two' } });
    await expect(project.init()).rejects.toThrow(/\[people\/two\] certificates\/name: .*\(nonsense\)/);
    expect(existsSync(project.folder)).toBe(false);
  });

  test('fails without a trace where a file can not be written', async () => {
    const project = new Project();
    mkdirSync(join(project.folder, 'two/server.key'), { recursive: true });
    writeFileSync(join(project.folder, 'two/server.key/in-the-way'), '');
    await expect(project.init()).rejects.toThrow(/EISDIR|EPERM|ENOTEMPTY/);
    expect(Object.keys(project.content())).not.toContain('ca.key');
    expect(Object.keys(project.content())).not.toContain('one/server.crt');
  });
});

describe('renew', () => {
  test('makes new keys for all, by the same authority', async () => {
    const project = await initialized();
    const before = project.content();
    project.now = later(350);
    expect((await project.renew()).made).toEqual(['one', 'three', 'two']);
    for (const file of FILES) expect(project.read(file)).not.toBe(before[file]);
    for (const file of ['ca.key', 'ca.pem']) expect(project.read(file)).toBe(before[file]);
    expect(new Date(project.certificate('one').validTo)).toEqual(later(350 + 365));
    expect(project.states()).toEqual(WELL);
  });

  test('leaves those that are not named, whatever they are', async () => {
    const project = await initialized();
    rmSync(project.file('three'), { recursive: true });
    const before = project.content();
    expect((await project.renew('two')).made).toEqual(['two']);
    expect(project.read('two/server.key')).not.toBe(before['two/server.key']);
    expect(project.read('one/server.key')).toBe(before['one/server.key']);
    expect(project.states()).toEqual({ ...WELL, three: 'missing' });
  });

  test('makes no certificate that outlives its authority', async () => {
    const project = await initialized();
    project.now = later(3600);
    await project.renew('one');
    expect(new Date(project.certificate('one').validTo)).toEqual(later(3650));
  });

  test('fails for servers that it has no certificates for', async () => {
    const project = await initialized();
    await expect(project.renew('four')).rejects.toThrow(
      /no such directory server \(four\); name one of: one, three, two/,
    );
    project.design({ two: { certificate: { subject: 'cn=two' } } });
    await expect(project.renew('one', 'two')).rejects.toThrow(
      /is brought by its user \(two\); name one of: one, three/,
    );
  });

  test('fails before there is an authority', async () => {
    await expect(new Project().renew()).rejects.toThrow(/no authority yet \(ca.key\); run 'tandem certificates init'/);
  });
});

describe('show', () => {
  test('tells names in the order of LDAP, end and days', async () => {
    const project = await initialized();
    const { servers } = lookAtCertificates({ ...project, now: later(1.5) });
    expect(servers[0]).toEqual({
      server: 'one',
      state: 'ok',
      subject: 'cn=one,ou=servers,o=Example',
      alternativeNames: [
        'DNS:one.example.com',
        'DNS:one',
        'IP:192.0.2.11',
        'IP:2001:db8::1',
        'DN:cn=people,ou=groups,o=Example',
      ],
      validUntil: '2028-02-29T12:00:00.000Z',
      daysLeft: 363,
    });
  });

  test('tells what is not valid yet, and folders of no server', async () => {
    const project = await initialized();
    project.now = later(-1);
    mkdirSync(project.file('former'));
    expect(project.states()).toEqual({
      ca: 'not-yet-valid',
      one: 'not-yet-valid',
      three: 'not-yet-valid',
      two: 'not-yet-valid',
    });
    expect(lookAtCertificates(project).others).toEqual(['former']);
  });
});
