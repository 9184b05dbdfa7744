import fc from 'fast-check';
import {
  Consumer,
  type Deployment,
  type Directory,
  type DirectoryServer,
  Duration,
  FailoverGroup,
  Hub,
  MultiMasterGroup,
  type ReplicationOptions,
  UpdateMode,
  ds389,
  openldap,
} from '../../lib/index';
import { DirectoryWorkshop } from './open-ldap-directories';

/** Text with everything in it that a name, a filter or a file could stumble over, escaped for a name. */
const value = (): fc.Arbitrary<string> =>
  fc
    .array(
      fc.constantFrom(
        ...'abcXYZ019 äß€𝒳.:/-_()*&|!?@%$^`~{}[]',
        '\\,',
        '\\+',
        '\\"',
        '\\\\',
        '\\<',
        '\\>',
        '\\;',
        '\\=',
        '\\C3\\A4',
        '\\23',
        'e\u0301',
      ),
      { minLength: 1, maxLength: 12 },
    )
    .map((characters) => characters.join('').trim())
    .filter((text) => text !== '' && !/\\$/.test(text));

const asciiValue = (): fc.Arbitrary<string> =>
  value().filter((text) => /^[ -~]+$/.test(text) && !text.includes('\\C3'));

/** 389 Directory Server finds no supplier by a subject with these. */
const ds389Value = (): fc.Arbitrary<string> => asciiValue().map((text) => text.replace(/\\["\\]|\*/g, 'x'));

const part = (of: () => fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    fc.tuple(fc.constantFrom('o', 'OU', 'l', 'st', 'cn'), of()).map(([type, text]) => `${type}=${text}`),
    fc.constantFrom('dc=example', 'DC=a-1', 'c=de'),
    fc.tuple(of(), of()).map(([one, other]) => `ou=${one}+l=${other}`),
  );

const name = (of: () => fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(part(of), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(','));

const filter = (): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('cn', 'objectClass', 'uidNumber', '2.5.4.3', 'cn;lang-de'),
      fc.constantFrom('=', '>=', '<=', '~=', ':caseExactMatch:=', ':dn:='),
      fc.array(fc.constantFrom(...'ab0 ä"\'#,+=<>;/%$', '\\28', '\\5c', '\\ff'), { maxLength: 8 }),
      fc.constantFrom('', '*'),
    )
    .map(([attribute, sign, text, star]) => `(${attribute}${sign}${text.join('')}${sign === '=' ? star : ''})`)
    .map((item) => `(&${item}(|(!${item})(sn=*x*)))`);

const intervals = (): fc.Arbitrary<UpdateMode> =>
  fc
    .integer({ min: 1, max: 400_000 })
    .map((seconds) => UpdateMode.every(Duration.seconds(seconds), Duration.seconds(1)));

const windows = (): fc.Arbitrary<UpdateMode> =>
  fc
    .array(
      fc.record(
        {
          from: fc.constantFrom('00:00', '01:05', '12:30'),
          to: fc.constantFrom('12:31', '23:59', '24:00'),
          on: fc.subarray(['sunday' as const, 'tuesday' as const, 'saturday' as const], { minLength: 1 }),
        },
        { requiredKeys: ['from', 'to'] },
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((list) => UpdateMode.during(list));

type EngineName = 'openldap' | 'ds389';

/** What 389 Directory Server can not do is left out: parts of a directory, and updates at an interval. */
const options = (suffix: string, engine: EngineName): fc.Arbitrary<ReplicationOptions> =>
  fc.record(
    {
      excludedAttributes: fc.subarray(['jpegPhoto', 'audio', 'userPassword', '2.5.4.20', 'memberUid'], {
        minLength: 1,
      }),
      authentication: fc.constantFrom('strong' as const, 'simple' as const),
      updateMode: engine === 'ds389' ? windows() : intervals(),
      ...(engine === 'ds389'
        ? {}
        : {
            area: fc.record(
              { base: value().map((text) => `ou=${text},${suffix}`), filter: filter() },
              { requiredKeys: [] },
            ),
          }),
    },
    { requiredKeys: [] },
  );

/** One or two directories with groups, hubs and consumers of every kind, or none where the model refuses. */
export function randomDirectories(engine: EngineName = 'openldap'): fc.Arbitrary<Deployment | undefined> {
  return fc
    .record({
      suffixes: fc.uniqueArray(name(value), { minLength: 1, maxLength: 2 }),
      nested: fc.boolean(),
      writers: fc.integer({ min: 2, max: 4 }),
      shape: fc.constantFrom('failover', 'mesh', 'ring'),
      authentication: fc.constantFrom('strong' as const, 'simple' as const),
      identities: fc.array(name(engine === 'ds389' ? ds389Value : asciiValue), { minLength: 7, maxLength: 7 }),
      ports: fc.constantFrom([389, 636], [1389, 1636]),
      schemas: fc.subarray([
        'cosine',
        'inetorgperson',
        'nis',
        'misc',
        'openldap',
        'collective',
        'corba',
        'java',
        'pmi',
      ]),
      entries: fc.constantFrom(undefined, 1, 1_000_000),
      hub: fc.boolean(),
    })
    .chain((shape) =>
      fc
        .tuple(...shape.suffixes.map((suffix) => options(suffix, engine)))
        .map((all) => ({ ...shape, options: all as readonly ReplicationOptions[] })),
    )
    .map((shape) => {
      try {
        return build({ ...shape, engine });
      } catch {
        return undefined;
      }
    });
}

interface Shape {
  readonly engine: EngineName;
  readonly suffixes: readonly string[];
  readonly nested: boolean;
  readonly writers: number;
  readonly shape: string;
  readonly authentication: 'strong' | 'simple';
  readonly identities: readonly string[];
  readonly ports: readonly number[];
  readonly schemas: readonly string[];
  readonly entries: number | undefined;
  readonly hub: boolean;
  readonly options: readonly ReplicationOptions[];
}

function build(of: Shape): Deployment {
  const workshop = new DirectoryWorkshop('random');
  const [port, tlsPort] = of.ports;
  const server = (label: string, index: number): DirectoryServer =>
    workshop.server(label, {
      port,
      tlsPort,
      identity: of.identities[index],
      engine: of.engine === 'ds389' ? ds389() : openldap(),
    });
  const writers = ['w1', 'w2', 'w3', 'w4'].slice(0, of.writers).map((label, index) => server(label, index));
  const [hub, reader] = [server('hub', 4), server('reader', 5)];
  of.suffixes.forEach((suffix, index) => {
    const directory = workshop.directory(`d${index}`, {
      suffix: of.nested && index === 1 ? `ou=below,${of.suffixes[0]}` : suffix,
      schemas: [...of.schemas],
      schemaOwner: writers[0],
      ...(of.entries === undefined ? {} : { load: { entries: of.entries } }),
    });
    const group = groupOf(of, directory, writers);
    const from = of.hub ? new Hub(directory, 'middle', { server: hub, from: group }) : group;
    const area = of.nested && index === 1 ? {} : { area: of.options[index]?.area };
    new Consumer(directory, 'end', { server: reader, from, ...of.options[index], ...area });
    if (!of.hub) new Consumer(directory, 'other', { server: hub, from: group, authentication: of.authentication });
  });
  return workshop.deployment;
}

function groupOf(
  { shape, authentication }: Shape,
  directory: Directory,
  writers: readonly DirectoryServer[],
): FailoverGroup | MultiMasterGroup {
  const [master, ...mirrors] = writers as [DirectoryServer, ...DirectoryServer[]];
  return shape === 'failover'
    ? new FailoverGroup(directory, 'group', { master, mirrors, authentication })
    : new MultiMasterGroup(directory, 'group', {
        suppliers: writers,
        topology: shape as 'mesh' | 'ring',
        authentication,
      });
}
