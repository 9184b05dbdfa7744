import fc from 'fast-check';
import { FormatError } from '../../../lib/render/format-error';
import { files } from '../../../lib/render/postgresql/files';
import { printAuthentication, printParameters } from '../../../lib/render/postgresql/print';
import type { PostgreSqlSettings } from '../../../lib/topology/service';
import type { Topology } from '../../../lib/topology/topology';
import { groupwarePair } from '../../support/pair';
import { nastyText } from '../nasty-text';
import { withSettings } from '../with-settings';

const pair = groupwarePair();
const [first = '', second = ''] = pair.hosts.map(({ id }) => id);

/** Reads postgresql.conf as its scanner does: a quote is doubled or escaped. */
function parameters(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => {
      const match = /^([a-z_]+) = (?:'((?:[^'\\]|''|\\.)*)'|([a-z0-9]+))$/su.exec(line);
      if (!match) throw new Error(`no parameter: ${JSON.stringify(line)}`);
      const [, name = '', quoted, plain = ''] = match;
      return [name, quoted === undefined ? plain : quoted.replace(/''|\\(.)/gsu, (_all, escaped) => escaped ?? "'")];
    }),
  );
}

function content(name: string, topology: Topology = pair): string {
  return files(topology, first).find(({ path }) => path.endsWith(`/${name}`))?.content ?? '';
}

test('is the same on both nodes', () => {
  expect(files(pair, second)).toEqual(files(pair, first));
});

test("stands where Debian's pg_ctlcluster looks, and belongs to the database's user", () => {
  expect(files(pair, first).map(({ path, owner, mode }) => `${path} ${owner} ${mode}`)).toEqual([
    '/etc/postgresql/15/main/postgresql.conf postgres 0644',
    '/etc/postgresql/15/main/pg_hba.conf postgres 0640',
    '/etc/postgresql/15/main/pg_ident.conf postgres 0640',
    '/etc/postgresql/15/main/start.conf postgres 0644',
    '/etc/systemd/system/postgresql.service.d/tandem-stop.conf root 0644',
    '/etc/systemd/system/postgresql@15-main.service.d/tandem-stop.conf root 0644',
  ]);
});

test('keeps what a crash must not damage', () => {
  expect(parameters(content('postgresql.conf'))).toMatchObject({
    data_directory: '/var/lib/pgsql/15/main',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    shared_buffers: '131072kB',
    listen_addresses: 'localhost',
    port: '5432',
  });
});

test('lets in the declared networks only, by password', () => {
  const open = withSettings(pair, 'postgresql', { clients: ['192.168.1.0/24', 'fd00::/64', '192.168.1.0/24'] });
  expect(parameters(content('postgresql.conf', open))['listen_addresses']).toBe('*');
  expect(
    content('pg_hba.conf', open)
      .split('\n')
      .slice(1)
      .map((line) => line.split(/ +/).join(' ')),
  ).toEqual([
    'local all all peer',
    'host all all 127.0.0.1/32 scram-sha-256',
    'host all all ::1/128 scram-sha-256',
    'host all all 192.168.1.0/24 scram-sha-256',
    'host all all fd00::/64 scram-sha-256',
    '',
  ]);
});

test('stops with its wrapper, so that the storage can be unmounted afterwards', () => {
  const [wrapper, instance] = files(pair, first).slice(-2);
  const stop = '/usr/bin/pg_ctlcluster --skip-systemctl-redirect -m fast 15-main stop';
  expect(wrapper?.content).toContain(`[Service]\nExecStop=-${stop}\n`);
  expect(instance?.content).toContain(`[Service]\nExecStop=\nExecStop=-${stop}\n`);
});

test('needs no wrapper when the unit is the instance itself', () => {
  const direct = withSettings(pair, 'postgresql', {}, { unit: 'postgresql@15-main.service' });
  expect(files(direct, first).map(({ path }) => path)).not.toContainEqual(expect.stringContaining('tandem-stop'));
});

test('rounds buffers down to whole pages', () => {
  const odd = withSettings(pair, 'postgresql', { sharedBuffers: 1_000_000 });
  expect(parameters(content('postgresql.conf', odd))['shared_buffers']).toBe('976kB');
});

test.each<[string, Partial<PostgreSqlSettings>]>([
  ['a version that is no number', { version: '15/../..' }],
  ['a client network that is no CIDR', { clients: ['192.168.1.0/24 trust'] }],
  ['buffers below the minimum', { sharedBuffers: 100_000 }],
  ['a data directory with a line break', { dataDirectory: '/srv\nfsync = off' }],
])('fails for %s', (_name, settings) => {
  expect(() => files(withSettings(pair, 'postgresql', settings), first)).toThrow(/^\[groupware\/postgresql\] format\//);
});

test('fails for a field of pg_hba.conf that is more than a word', () => {
  expect(() => printAuthentication([{ type: 'local', database: 'all all', user: 'all', method: 'peer' }])).toThrow(
    FormatError,
  );
});

test('any text is refused or read back as it was', () => {
  fc.assert(
    fc.property(nastyText(), (value) => {
      let printed: string;
      try {
        printed = printParameters([{ name: 'data_directory', value }]);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        return;
      }
      expect(parameters(printed)).toEqual({ data_directory: value });
    }),
  );
});

test('any version and client is refused or changes neither file', () => {
  fc.assert(
    fc.property(nastyText(), nastyText(), (version, client) => {
      for (const settings of [{ version }, { clients: [client] }]) {
        try {
          const topology = withSettings(pair, 'postgresql', settings);
          expect(content('pg_hba.conf', topology).split('\n').length).toBeLessThanOrEqual(6);
          expect(Object.keys(parameters(content('postgresql.conf', topology)))).toEqual(
            Object.keys(parameters(content('postgresql.conf'))),
          );
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }
    }),
  );
});
