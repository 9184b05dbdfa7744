import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { FormatError } from '../../../lib/render/format-error';
import type { RenderedFile } from '../../../lib/render/file';
import { files } from '../../../lib/render/systemd/files';
import { printUnitFile, section, withoutSpecifiers } from '../../../lib/render/systemd/unit-file';
import type { ServiceFacts } from '../../../lib/topology/service';
import type { Topology } from '../../../lib/topology/topology';
import { groupwarePair } from '../../support/pair';

const pair = groupwarePair();

function fileAt(topology: Topology, path: string): RenderedFile | undefined {
  return files(topology, 'hq/ox1').find((file) => file.path === path);
}

function withServices(change: (service: ServiceFacts) => ServiceFacts): Topology {
  return { ...pair, services: pair.services.map(change) };
}

const PRESET = '/etc/systemd/system-preset/10-tandem.preset';

test('disables every managed unit and enables what the cluster stands on', () => {
  const preset = fileAt(pair, PRESET);
  expect(preset?.content.split('\n').slice(1, -1)).toEqual([
    'disable cyrus-imapd.service',
    'disable openexchange.service',
    'disable postfix.service',
    'disable postfix@-.service',
    'disable postgresql.service',
    'disable postgresql@15-main.service',
    'disable saslauthd.service',
    'disable slapd.service',
    'enable chrony.service',
    'enable drbd.service',
    'enable heartbeat.service',
    'enable nftables.service',
    'enable tandem-backup-database-dump.timer',
    'enable tandem-backup-directory-dump.timer',
  ]);
  expect(preset?.activation).toMatchObject({
    kind: 'command',
    command: expect.stringMatching(
      /; for unit in cyrus-imapd\.service .* slapd\.service; do .* && \{ SYSTEMCTL_SKIP_SYSV=1 systemctl --no-reload --quiet enable chrony/,
    ),
  });
});

/** Runs the preset's command where systemctl only writes down how it was called, and `is-enabled` knows some units. */
function presetCalls(links: readonly string[], states: Readonly<Record<string, string>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-preset-'));
  try {
    for (const link of links) {
      mkdirSync(dirname(join(folder, link)), { recursive: true });
      symlinkSync('/nowhere', join(folder, link));
    }
    const answers = Object.entries(states).map(([unit, state]) => `${unit}) echo ${state} ;;`);
    writeFileSync(
      join(folder, 'systemctl'),
      `#!/bin/sh\nif [ "$1" = is-enabled ]; then case $2 in ${answers.join(' ')} esac; exit; fi\n` +
        `echo "\${SYSTEMCTL_SKIP_SYSV:+quick }$*" >>'${folder}/calls'\n`,
      { mode: 0o755 },
    );
    const { activation } = fileAt(pair, PRESET) ?? {};
    const command = activation?.kind === 'command' ? activation.command : '';
    const { status } = spawnSync('sh', ['-c', command.replaceAll('/etc/', `${folder}/etc/`)], {
      env: { PATH: `${folder}:/usr/bin:/bin` },
    });
    expect(status).toBe(0);
    return readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the preset disables only what has links, and asks the init script only where there is no unit', () => {
  const links = [
    'etc/systemd/system/multi-user.target.wants/postfix.service',
    'etc/rc3.d/S01postfix',
    'etc/rc3.d/S01postgresql',
    'etc/rc3.d/S01slapd',
    'etc/rc3.d/K01saslauthd',
  ];
  const states = {
    'postfix.service': 'enabled',
    'postgresql.service': 'disabled',
    'slapd.service': 'generated',
    'saslauthd.service': 'generated',
  };
  const [native, scripts, enabled, ...others] = presetCalls(links, states);
  expect(native).toBe('quick --no-reload --quiet disable postfix.service');
  expect(scripts).toBe('disable --quiet slapd.service');
  expect(enabled).toMatch(/^quick --no-reload --quiet enable chrony\.service drbd\.service /);
  expect(others).toEqual([]);
});

test('the preset disables nothing where nothing is enabled', () => {
  expect(presetCalls([], {})).toEqual([expect.stringContaining(' enable chrony.service ')]);
});

test('is the same on both nodes', () => {
  expect(files(pair, 'hq/ox1')).toEqual(files(pair, 'hq/ox2'));
});

test('does not contradict a service that the stack wants at boot', () => {
  const topology = withServices((service) => ({ ...service, enabledAtBoot: service.name === 'slapd' }));
  expect(fileAt(topology, PRESET)?.content).not.toContain('slapd.service');
});

test('a managed unit starts only where its state is mounted', () => {
  expect(fileAt(pair, '/etc/systemd/system/cyrus-imapd.service.d/tandem.conf')?.content).toBe(
    '# Tandem: groupware/cyrus; changes belong into the stack\n[Unit]\n' +
      'AssertPathIsMountPoint=/var/lib/imap\nAssertPathIsMountPoint=/var/spool/imap\n',
  );
});

test('the condition also holds for the unit that runs the processes', () => {
  const dropIns = files(pair, 'hq/ox1').flatMap((file) => /system\/(.*)\.d\/tandem/.exec(file.path)?.[1] ?? []);
  expect(dropIns).toEqual([
    'cyrus-imapd.service',
    'openexchange.service',
    'postfix.service',
    'postfix@-.service',
    'postgresql.service',
    'postgresql@15-main.service',
    'slapd.service',
  ]);
});

test('where services start together each starts after those that it requires, and only there (X21)', () => {
  const together = groupwarePair({}, {}, { start: 'together' });
  const after = (topology: Topology): string[] =>
    files(topology, 'hq/ox1').flatMap(({ path, content }) => {
      const units = /^After=(.*)$/mu.exec(content)?.[1];
      return units === undefined ? [] : [`${path.split('/').at(-2)} ${units}`];
    });
  expect(after(pair)).toEqual([]);
  expect(after(together)).toEqual([
    'cyrus-imapd.service.d saslauthd.service',
    'openexchange.service.d cyrus-imapd.service postfix.service postfix@-.service postgresql.service postgresql@15-main.service slapd.service',
    'postfix.service.d cyrus-imapd.service',
    'postfix@-.service.d cyrus-imapd.service',
    'saslauthd.service.d slapd.service',
  ]);
  expect(fileAt(together, '/etc/systemd/system/cyrus-imapd.service.d/tandem.conf')?.content).toContain(
    '[Unit]\nAfter=saslauthd.service\nAssertPathIsMountPoint=',
  );
});

test('of nested mounts the deepest is the condition', () => {
  const clusters = pair.clusters.map((cluster) => ({
    ...cluster,
    groups: cluster.groups.map((group) => ({
      ...group,
      members: group.members.flatMap((member) =>
        member.kind === 'mount' && member.directory === '/var/lib/ldap'
          ? [member, { ...member, directory: '/var/lib/ldap/data' }]
          : [member],
      ),
    })),
  }));
  expect(fileAt({ ...pair, clusters }, '/etc/systemd/system/slapd.service.d/tandem.conf')?.content).toContain(
    '[Unit]\nAssertPathIsMountPoint=/var/lib/ldap/data\n',
  );
});

test('a mount with a like name covers nothing', () => {
  const topology = withServices((service) => ({
    ...service,
    state: service.state.map((state) => ({ ...state, directory: `${state.directory}-other` })),
  }));
  expect(fileAt(topology, '/etc/systemd/system/cyrus-imapd.service.d/tandem.conf')).toBeUndefined();
});

test('loads the kernel module of DRBD 8.4 and 9, which 0.7 does not do this way', () => {
  const module = fileAt(pair, '/etc/modules-load.d/drbd.conf');
  expect(module?.content.split('\n').slice(1)).toEqual(['drbd', '']);
  expect(module?.activation).toEqual({ kind: 'command', command: 'modprobe drbd' });
  const drbdResources = pair.drbdResources.map((resource) => ({ ...resource, version: '0.7' as const }));
  expect(fileAt({ ...pair, drbdResources }, '/etc/modules-load.d/drbd.conf')).toBeUndefined();
});

test('fails for a unit that is not the name of one', () => {
  const topology = withServices((service) => ({ ...service, unit: `${service.unit} ../x` }));
  expect(() => files(topology, 'hq/ox1')).toThrow(/is not the name of a unit with its type/);
});

test('a value is the rest of its line or refused, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      let text: string;
      try {
        text = printUnitFile({ source: 'a', sections: [section('Unit', [['Description', value]])] });
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        return;
      }
      expect(text.split('\n').slice(1)).toEqual(['[Unit]', `Description=${value}`, '']);
      expect(value).not.toMatch(/\\$|^\s|\s$/);
    }),
  );
});

test('a per cent sign in a path is not a specifier', () => {
  expect(withoutSpecifiers('/srv/50%n')).toBe('/srv/50%%n');
});
