import {
  Consumer,
  Deployment,
  Directory,
  type DirectoryProps,
  DirectoryServer,
  type DirectoryServerProps,
  Host,
  ModelError,
  MultiMasterGroup,
  Network,
  type ReplicationOptions,
  Site,
  UpdateMode,
} from '../../lib/index';
import { check } from '../../lib/check/run';
import { formatFinding } from '../../lib/check/finding';

function workshop(): {
  deployment: Deployment;
  server: (name: string, props?: Partial<DirectoryServerProps>) => DirectoryServer;
} {
  const deployment = new Deployment(undefined, 'd');
  const site = new Site(deployment, 'site');
  const lan = new Network(site, 'lan', { cidr: '192.0.2.0/24' });
  let last = 10;
  return {
    deployment,
    server: (name, props = {}) => {
      const host = new Host(site, `${name}-host`, { interfaces: { eth0: lan.address(`192.0.2.${(last += 1)}`) } });
      return new DirectoryServer(deployment, name, { host, ...props });
    },
  };
}

const people = (props: Partial<DirectoryProps>): Directory =>
  new Directory(workshop().deployment, 'people', { suffix: 'dc=example,dc=com', ...props });

const serverWith = (props: Partial<DirectoryServerProps>): DirectoryServer => workshop().server('one', props);

function consumer(options: ReplicationOptions & { updates?: 'chain' }): Deployment {
  const { deployment, server } = workshop();
  const directory = new Directory(deployment, 'people', { suffix: 'dc=example,dc=com' });
  const from = new MultiMasterGroup(directory, 'group', { suppliers: [server('one')] });
  new Consumer(directory, 'shadow', { server: server('two'), from, ...options });
  return deployment;
}

const link = (suffix: string, url: string) => ({ databaseLinks: [{ suffix, url }] });

// Each message names the construct, the rule, the value and what to do.
test.each<[string, () => unknown, RegExp]>([
  [
    'a suffix that is no name',
    () => people({ suffix: 'example.com' }),
    /^\[d\/people\] value\/distinguished-name: suffix: .*\("example\.com"\); give it like 'dc=example,dc=com'$/,
  ],
  [
    'a suffix with an attribute that servers do not know',
    () => people({ suffix: 'colour=red' }),
    /^\[d\/people\] value\/suffix: suffix: .*\("colour"\); use dc, /,
  ],
  [
    'a definition that is none',
    () => people({ schemaFiles: { own: ["attributeTypes: ( 1.2.3 NAME 'a' SYNTAX text )"] } }),
    /^\[d\/people\] ldap\/schema: schemaFiles: SYNTAX needs an object identifier, in 'attributeTypes: .*' \("text"\); write it like /,
  ],
  [
    'a line that is no definition',
    () => people({ schemaFiles: { own: ['attributetype ( 1.2.3 )'] } }),
    /^\[d\/people\] ldap\/schema: schemaFiles: a line must begin with .* \("attributetype \( 1\.2\.3 \)"\); /,
  ],
  [
    'unique attributes without the plug-in',
    () => serverWith({ uniqueAttributes: ['uid'] }),
    /^\[d\/one\] directory\/plugin: uniqueAttributes: .*\("uid"\); add 'attribute-uniqueness' to plugins$/,
  ],
  [
    'a unique attribute that is no name of one',
    () => serverWith({ plugins: ['attribute-uniqueness'], uniqueAttributes: ['user id'] }),
    /^\[d\/one\] value\/attribute-type: uniqueAttributes: .*\("user id"\); /,
  ],
  [
    'the suffix of a link that is no name',
    () => serverWith(link('far', 'ldaps://far')),
    /^\[d\/one\] value\/distinguished-name: databaseLinks: .*\("far"\); /,
  ],
  [
    'the address of a link that has a name in it',
    () => serverWith(link('ou=far,dc=example,dc=com', 'ldaps://far/ou=far')),
    /^\[d\/one\] value\/ldap-url: databaseLinks: .*\("ldaps:\/\/far\/ou=far"\); /,
  ],
  [
    'the address of a link that is none of LDAP',
    () => serverWith(link('ou=far,dc=example,dc=com', 'https://far')),
    /^\[d\/one\] value\/ldap-url: databaseLinks: .*\("https:\/\/far"\); /,
  ],
  [
    'an unknown way of updates',
    () => consumer({ updates: 'forward' as 'chain' }),
    /^\[d\/people\/shadow\] value\/choice: updates: .*forward.*'refer', 'chain'/,
  ],
])('a directory fails for %s', (_, make, message) => {
  const error = thrown(make);
  expect(error).toBeInstanceOf(ModelError);
  expect(error.message).toMatch(message);
});

function thrown(make: () => unknown): Error {
  try {
    make();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

test.each(['22:00-24:30', '22:00-25:00', '-1:00-02:00', '01:00-01:60', '22:00-06:00', '03:00-03:00'])(
  'a window outside of a day fails, and names itself: %s',
  (span) => {
    const from = span.slice(0, 5).replace(/-$/, '');
    const to = span.slice(from.length + 1);
    expect(() => UpdateMode.during([{ from, to }])).toThrow(
      /^value\/update-window: .*[0-9]:[0-9]+.*; (?:write|split) /,
    );
  },
);

test('an attribute of a selection that nobody defines is a finding with construct, value and what to do', () => {
  const found = check(consumer({ excludedAttributes: ['jpegPhoto', 'jpegFoto'] }).topology()).filter(
    ({ rule }) => rule === 'replication/known-attributes',
  );
  expect(found.map((one) => formatFinding(one))).toEqual([
    expect.stringMatching(
      /^\[d\/people\/shadow\/from one\] replication\/known-attributes: .* \(jpegFoto\); correct it, or add its schema/,
    ),
  ]);
});
