import fc from 'fast-check';
import type { RenderedFile } from '../../lib/render/file';
import { renderHost } from '../../lib/render/render';
import type { SoftwareBalancer } from '../../lib/topology/load-balancer';
import type { Topology } from '../../lib/topology/topology';
import { balancedBy, randomBalancers } from '../support/balancers';
import { mail } from '../support/mail';
import { runOnRenderedHost } from './sandbox';
import { oracle } from './support';

const HOST = 'hq/hq-lb1';
const OWN = /^\/etc\/(?:haproxy|keepalived|ha\.d)\//;

/** keepalived looks whether the host has the interface. */
const NETWORK = 'ip link add eth0 type bridge; ip address add 192.0.2.13/24 dev eth0; ip link set eth0 up\n';

const filesOf = (topology: Topology): readonly RenderedFile[] =>
  renderHost(topology, HOST).filter(({ path }) => OWN.test(path));

const onBalancer = (files: readonly RenderedFile[], script: string): ReturnType<typeof runOnRenderedHost> =>
  runOnRenderedHost({ topology: mail(), host: HOST, files, script: `${NETWORK}${script}` });

const quiet = { status: 0, stdout: '', stderr: '' };
const SOFTWARE: readonly SoftwareBalancer[] = ['haproxy', 'lvs-keepalived', 'lvs-ldirectord'];

describe('the files of a load balancer', () => {
  oracle('haproxy', 'haproxy takes them without a word', () => {
    expect(onBalancer(filesOf(balancedBy('haproxy')), 'cd /; haproxy -c -f /etc/haproxy/haproxy.cfg')).toEqual({
      ...quiet,
      stdout: 'Configuration file is valid\n',
    });
  });

  oracle('keepalived', 'keepalived takes them and their programs without a word', () => {
    for (const software of SOFTWARE)
      expect(onBalancer(filesOf(balancedBy(software)), 'keepalived -t -f /etc/keepalived/keepalived.conf')).toEqual(
        quiet,
      );
  });

  // It writes what is wrong to standard error and to syslog, which is none here.
  oracle('ldirectord', 'ldirectord reads them, and says that it does not run', () => {
    const { status, stdout, stderr } = onBalancer(
      filesOf(balancedBy('lvs-ldirectord')),
      'ldirectord ldirectord.cf status || [ $? -eq 3 ]',
    );
    expect({ status, stdout, stderr: stderr.replace(/^setlogsock\(\): .*\n/m, '') }).toEqual({
      ...quiet,
      stdout: 'ldirectord is stopped for /etc/ha.d/ldirectord.cf\n',
    });
  });

  oracle('ldirectord', 'ldirectord is not blind: it refuses a wrong word', () => {
    const files = filesOf(balancedBy('lvs-ldirectord')).map((file) => ({
      ...file,
      content: file.content.replace('checktype = external', 'checktype = xternal'),
    }));
    expect(onBalancer(files, 'ldirectord ldirectord.cf status').stderr).toMatch(/^Error .*checktype must be/m);
  });

  oracle('shellcheck', 'shellcheck finds nothing in their programs', () => {
    for (const software of SOFTWARE) {
      const files = filesOf(balancedBy(software));
      const programs = files.filter(({ checker }) => checker === 'sh').map(({ path }) => path);
      expect([software, programs.length > 0]).toEqual([software, true]);
      expect(onBalancer(files, `shellcheck --shell=sh ${programs.join(' ')}`)).toEqual(quiet);
    }
  });

  oracle('haproxy', 'haproxy and keepalived take those of 100 random ones', () => {
    const samples = fc.sample(randomBalancers(), { numRuns: 100, seed: 5 }).map(filesOf);
    const files = samples.flatMap((sample, number) =>
      sample.map((file) => ({ ...file, path: `/etc/samples/${number}${file.path}` })),
    );
    const counted = { haproxy: 0, virtual: 0 };
    for (const { path, content } of files) {
      if (path.endsWith('haproxy.cfg')) counted.haproxy += 1;
      if (/^virtual_server /m.test(content)) counted.virtual += 1;
    }
    expect([counted.haproxy > 40, counted.virtual > 40]).toEqual([true, true]);
    const result = onBalancer(
      files,
      `cd /etc/samples
for sample in *; do
  rm -rf /etc/haproxy /etc/keepalived
  cp -a "$sample/etc/." /etc/
  keepalived -t -f /etc/keepalived/keepalived.conf >/run/said 2>&1 && [ ! -s /run/said ] || { echo "$sample"; cat /run/said /etc/keepalived/keepalived.conf; }
  [ -e /etc/haproxy/haproxy.cfg ] || continue
  haproxy -c -f /etc/haproxy/haproxy.cfg >/run/said 2>&1 && [ "$(cat /run/said)" = 'Configuration file is valid' ] || { echo "$sample"; cat /run/said /etc/haproxy/haproxy.cfg; }
done`,
    );
    expect(result).toEqual(quiet);
  });
});
