import { Testing } from 'cdktf';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderHost } from '../../lib/render/render';
import type { Topology } from '../../lib/topology/topology';
import { RhdsMillionUsers } from '../../stacks/rhds-million-users';
import { RhdsSmallSite } from '../../stacks/rhds-small-site';
import { mailZone } from '../support/mail-zone';
import { oracle } from './support';

/** The zone files of a deployment, with the domain of each. */
function zonesOf(topology: Topology): readonly { readonly origin: string; readonly content: string }[] {
  return topology.hosts.flatMap(({ id }) =>
    renderHost(topology, id)
      .filter(({ path }) => path.startsWith('/etc/bind/db.'))
      .map(({ path, content }) => ({ origin: path.slice('/etc/bind/db.'.length), content })),
  );
}

/** What named-checkzone says of a zone, after it has loaded it. */
function checked(
  program: string,
  origin: string,
  content: string,
): { readonly status: number | null; readonly text: string } {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-zone-'));
  try {
    const file = join(folder, 'zone');
    writeFileSync(file, content);
    const { status, stdout, stderr } = spawnSync(program, ['-i', 'full-sibling', '-D', origin, file], {
      encoding: 'utf8',
    });
    return { status, text: `${stdout}${stderr}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

oracle(
  'named-checkzone',
  'accepts the zones of a small site and of a million users, and sees every address',
  (program) => {
    const [small] = zonesOf(new RhdsSmallSite(Testing.app()).deployment.topology());
    const found = checked(program, small!.origin, small!.content);
    expect(found.status).toBe(0);
    expect(found.text).not.toMatch(/warning|error/i);
    expect(
      found.text.match(/^ldap\.example\.com\.\s+300 IN A\s+\S+$/gm)?.map((line) => line.split(/\s+/).pop()),
    ).toEqual(['192.0.2.11', '192.0.2.12']);

    const large = zonesOf(new RhdsMillionUsers(Testing.app()).deployment.topology());
    expect(large).toHaveLength(2);
    for (const { origin, content } of large) {
      const { status, text } = checked(program, origin, content);
      expect([
        status,
        text.match(/^ldap\.(?:east|central|mountain|pacific)\.example\.com\.\s+300 IN A/gm)?.length,
      ]).toEqual([0, 16]);
    }
  },
);

oracle('named-checkzone', 'accepts the zone of a farm, and sees where its mail goes (S9)', (program) => {
  const topology = mailZone({
    mail: [
      { kind: 'balancer', id: 'front-hq' },
      { kind: 'farm', id: 'farm' },
    ],
    names: [{ name: 'smtp', hosts: ['hq/hq-mail1'], balancers: ['front-hq', 'front-dr'] }],
  });
  const [zone] = zonesOf(topology);
  const { status, text } = checked(program, zone!.origin, zone!.content);
  expect([status, text]).toEqual([0, expect.not.stringMatching(/warning|error/i)]);
  expect(text.match(/IN MX\s+\S+ \S+$/gm)?.map((line) => line.split(/\s+/).slice(2).join(' '))).toEqual([
    '10 front-hq.example.com.',
    '20 hq-mail1.example.com.',
    '20 hq-mail2.example.com.',
    '30 dr-mail1.example.com.',
    '30 dr-mail2.example.com.',
  ]);
});

oracle('named-checkzone', 'is not blind: a name server without an address is refused', (program) => {
  const [zone] = zonesOf(new RhdsSmallSite(Testing.app()).deployment.topology());
  const broken = zone!.content.replace(/^ns1 IN A .*\n/m, '');
  expect(broken).not.toBe(zone!.content);
  expect(checked(program, zone!.origin, broken).status).not.toBe(0);
});
