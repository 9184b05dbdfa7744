import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RenderedFile } from '../../lib/render/file';
import { files as backup } from '../../lib/render/backup/files';
import { timerSettings } from '../../lib/render/backup/schedule';
import { files as chrony } from '../../lib/render/chrony/files';
import { files as hosts } from '../../lib/render/hosts/files';
import { files as logrotate } from '../../lib/render/logrotate/files';
import { files as monitoring } from '../../lib/render/monitoring/files';
import { probeOf } from '../../lib/render/monitoring/probe';
import { files as nftables } from '../../lib/render/nftables/files';
import { files as systemd } from '../../lib/render/systemd/files';
import type { Topology } from '../../lib/topology/topology';
import { failoverWithShadow } from '../support/open-ldap-directories';
import { groupwarePair } from '../support/pair';
import { databaseRoundTrip, directoryRoundTrip } from './stores';
import { oracle, runInNamespace } from './support';
import { SystemdRoot } from './systemd';

const pair = groupwarePair();
const HOSTS = pair.hosts.map((host) => host.id);

function only(format: (topology: Topology, host: string) => RenderedFile[], host: string): RenderedFile {
  const [file, ...others] = format(pair, host);
  if (!file || others.length > 0) throw new Error(`one file expected for ${host}`);
  return file;
}

oracle('getent', 'the hosts file gives every name its address, on either node', () => {
  for (const host of HOSTS) {
    const { content } = only(hosts, host);
    const look = 'mount --bind "$1/hosts" /etc/hosts && getent -s files hosts groupware ox2-link ip6-localhost';
    const result = runInNamespace(['sh', '-c', look, 'sh', '{}'], { hostname: 'ox1', files: { hosts: content } });
    const found = result.stdout
      .trim()
      .split('\n')
      .map((line) => line.split(/\s+/).slice(0, 2));
    expect(found).toEqual([
      ['192.168.1.160', 'groupware'],
      ['192.168.180.20', 'ox2-link'],
      ['::1', 'localhost'],
    ]);
  }
});

oracle('chronyd', 'chronyd takes its configuration', (chronyd) => {
  for (const host of HOSTS) {
    const { content } = only(chrony, host);
    const result = runInNamespace([chronyd, '-p', '-f', '{}/chrony.conf'], {
      hostname: 'ox1',
      files: { 'chrony.conf': content },
    });
    expect([result.status, result.stderr]).toEqual([0, '']);
  }
});

oracle('logrotate', "logrotate takes its file among those of the packages, in the place of Heartbeat's", (program) => {
  for (const host of HOSTS) {
    const { content, path } = only(logrotate, host);
    const folder = '/etc/logrotate.d';
    const others = readdirSync(folder).filter((name) => join(folder, name) !== path);
    const packaged = others.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
    const files = { heartbeat: content, others: packaged, 'ha-log': 'x' };
    const show =
      'mount -t tmpfs -o mode=0755 tmpfs /var/log; echo x >/var/log/ha-log; exec "$2" -d -f -s /dev/null "$1/others" "$1/heartbeat"';
    const result = runInNamespace(['sh', '-c', show, 'sh', '{}', program], { hostname: 'ox1', files });
    expect(result.stderr).toContain('renaming /var/log/ha-log to /var/log/ha-log.1');
    expect(result.stderr).not.toMatch(/error:|duplicate/);
    expect(result.status).toBe(0);
  }
});

oracle('nft', 'nft checks the firewall, loads it again and again and leaves tables of others alone', (nft) => {
  for (const host of HOSTS) {
    const load = `"$2" -c -f "$1/nftables.conf" && "$2" add table inet other && "$2" -f "$1/nftables.conf" &&
      "$2" -f "$1/nftables.conf" && "$2" list ruleset`;
    const result = runInNamespace(['sh', '-ec', load, 'sh', '{}', nft], {
      hostname: 'ox1',
      files: { 'nftables.conf': only(nftables, host).content },
    });
    expect([result.status, result.stderr]).toEqual([0, '']);
    expect(result.stdout).toContain('table inet other');
    expect(result.stdout.match(/policy drop/g)).toHaveLength(1);
    expect(result.stdout).toMatch(/tcp dport (22|\{ 22 \}) accept/);
  }
});

oracle(
  'nft',
  'with the firewall loaded, ssh and a service answer from outside, a port for the node itself does not',
  (nft) => {
    const script = `
    ip link add eth0 type veth peer name outside
    ip netns add client 2>/dev/null || { mkdir -p /run/netns; ip netns add client; }
    ip link set outside netns client
    ip addr add 192.168.1.161/24 dev eth0; ip addr add 192.168.1.160/24 dev eth0; ip link set eth0 up
    ip -n client addr add 192.168.1.9/24 dev outside; ip -n client link set outside up
    "$2" -f "$1/nftables.conf"
    for port in 22 389 5432; do
      perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(LocalPort => $ARGV[0], Listen => 9, ReuseAddr => 1) or die; while ($c = $s->accept) { close $c }' $port &
    done
    reach() { ip netns exec client timeout 2 bash -c "exec 3<>/dev/tcp/$1/$2" 2>/dev/null && echo "$1:$2 open" || echo "$1:$2 closed"; }
    for try in 1 2 3 4 5 6 7 8 9 10; do [ "$(reach 192.168.1.161 22)" = '192.168.1.161:22 open' ] && break; sleep 0.2; done
    reach 192.168.1.161 22; reach 192.168.1.160 389; reach 192.168.1.161 5432
    bash -c 'exec 3<>/dev/tcp/127.0.0.1/5432' && echo 'own 5432 open'
  `;
    const result = runInNamespace(['sh', '-c', `mount -t tmpfs tmpfs /run; ${script}`, 'sh', '{}', nft], {
      hostname: 'ox1',
      files: { 'nftables.conf': only(nftables, 'hq/ox1').content },
    });
    expect(result.stdout.trim().split('\n')).toEqual([
      '192.168.1.161:22 open',
      '192.168.1.160:389 open',
      '192.168.1.161:5432 closed',
      'own 5432 open',
    ]);
  },
);

const STUBS = ['slapd.service', 'saslauthd.service', 'openexchange.service'];

/** The dump of a directory, from a host of its server. */
function directoryBackups(): RenderedFile[] {
  const topology = failoverWithShadow().topology();
  return topology.hosts.flatMap(({ id }) => backup(topology, id));
}

function units(host: string): RenderedFile[] {
  return [...systemd(pair, host), ...backup(pair, host), ...monitoring(pair, host), ...directoryBackups()];
}

oracle(
  'systemd-analyze',
  'systemd finds no fault in units and drop-ins, and does find one that is put in',
  (analyze) => {
    for (const host of HOSTS) {
      const rendered = units(host);
      const root = new SystemdRoot(rendered, STUBS);
      try {
        const names = rendered.flatMap((file) => /\/([^/]+\.(service|timer))(\.d\/|$)/.exec(file.path)?.[1] ?? []);
        const instances = [...new Set(names)].map((name) =>
          name.replace('tandem-monitor@.', 'tandem-monitor@groupware.'),
        );
        // Postfix and PostgreSQL bring programs of their own; their units are judged by their packages.
        const own = instances.filter((name) => name.startsWith('tandem-') || STUBS.includes(name));
        const result = root.run(analyze, 'verify', ...own);
        expect([result.status, result.stderr]).toEqual([0, '']);
        root.write('etc/systemd/system/slapd.service.d/tandem.conf', '[Unit]\nAssertPathIsMountPoint=var/lib\n');
        expect(root.run(analyze, 'verify', 'slapd.service').stderr).toContain('path is not absolute');
      } finally {
        root.close();
      }
    }
  },
);

oracle(
  'systemctl',
  'by the preset nothing that the cluster manages starts at boot, and the cluster does',
  (systemctl) => {
    const root = new SystemdRoot(units('hq/ox1'), STUBS);
    try {
      const managed = ['slapd', 'postgresql', 'cyrus-imapd', 'postfix', 'saslauthd', 'openexchange'].map(
        (name) => `${name}.service`,
      );
      const below = [
        'heartbeat.service',
        'drbd.service',
        'chrony.service',
        'nftables.service',
        'tandem-backup-directory-dump.timer',
      ];
      expect(root.run(systemctl, 'enable', ...managed).status).toBe(0);
      expect(root.run(systemctl, 'preset', ...managed, ...below).status).toBe(0);
      expect(
        root
          .run(systemctl, 'is-enabled', ...managed)
          .stdout.trim()
          .split('\n'),
      ).toEqual(managed.map(() => 'disabled'));
      expect(
        root
          .run(systemctl, 'is-enabled', ...below)
          .stdout.trim()
          .split('\n'),
      ).toEqual(below.map(() => 'enabled'));
    } finally {
      root.close();
    }
  },
);

oracle('systemd-analyze', 'systemd reads the times of every interval that divides hour or day', (analyze) => {
  const minutes = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440];
  for (const count of minutes) {
    const calendar = timerSettings(count * 60_000).find(([name]) => name === 'OnCalendar')?.[1] ?? '';
    const shown = spawnSync(analyze, ['calendar', '--iterations=3', '--base-time=2026-01-01 00:00:00 UTC', calendar], {
      encoding: 'utf8',
      env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' },
    });
    const times = [...shown.stdout.matchAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?= UTC$)/gm)].map(([time]) =>
      Date.parse(`${time}Z`),
    );
    const [first = 0, second = 0] = [...new Set(times)].slice(-2);
    expect([count, second - first]).toEqual([count, count * 60_000]);
  }
});

oracle('shellcheck', 'shellcheck finds nothing in commands and probes', (shellcheck) => {
  const scripts = [
    ...HOSTS.flatMap((host) => [...backup(pair, host), ...monitoring(pair, host)]),
    ...directoryBackups(),
  ]
    .filter((file) => file.checker === 'sh')
    .map((file) => file.content);
  const probes = pair.services.map((service) => `#!/bin/sh\n${probeOf(service, true)}\n`);
  expect(scripts).toHaveLength(13);
  for (const script of [...scripts, ...probes]) {
    // Quoted text of another shell inside a probe is meant to reach that shell unexpanded.
    const result = spawnSync(shellcheck, ['--shell=sh', '--exclude=SC2016', '-'], { encoding: 'utf8', input: script });
    expect([result.status, result.stdout]).toEqual([0, '']);
  }
});

oracle('slapcat', 'a directory is dumped and restored entry for entry, and a standing slapd is noticed', () => {
  const result = directoryRoundTrip([...backup(pair, 'hq/ox1'), ...monitoring(pair, 'hq/ox1')]);
  expect([result.status, result.stdout]).toEqual([
    0,
    expect.stringMatching(/aside: 1\nprobe: works\nprobe of a process that stands still: 124\n$/),
  ]);
});

oracle(
  '/usr/lib/postgresql/15/bin/pg_dumpall',
  'databases are dumped and restored, and a standing server is noticed',
  () => {
    const services = pair.services.map((service) =>
      service.settings.kind === 'postgresql'
        ? { ...service, settings: { ...service.settings, dataDirectory: '/mnt/pgsql/15/main' } }
        : service,
    );
    const clusters = pair.clusters.map((cluster) => ({
      ...cluster,
      groups: cluster.groups.map((group) => ({
        ...group,
        members: group.members.map((member) =>
          member.kind === 'mount' && member.directory === '/var/lib/pgsql'
            ? { ...member, directory: '/mnt/pgsql' }
            : member,
        ),
      })),
    }));
    const topology = { ...pair, services, clusters };
    const result = databaseRoundTrip([...backup(topology, 'hq/ox1'), ...monitoring(topology, 'hq/ox1')]);
    expect([result.status, result.stdout]).toEqual([
      0,
      expect.stringMatching(
        /rows: CREATE ROLE postgres; before \naside: 1\nprobe: works\nprobe of a process that stands still: 124\n$/,
      ),
    ]);
  },
);
