import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { TerraformStack, Testing } from 'cdktf';
import { parse } from 'yaml';
import { WATCH_PROGRAM } from '../../lib/render/mail-watch/places';
import { renderHost } from '../../lib/render/render';
import { imageFiles } from '../../lib/render/containers/image-files';
import type { Topology } from '../../lib/topology/topology';
import { DockerTarget } from '../../lib/target/index';
import { balancedMail } from '../support/balanced-mail';
import { mesh } from '../support/ds389-directories';
import { mailInContainers } from '../support/mail-in-containers';
import { failoverWithShadow } from '../support/open-ldap-directories';
import { MswitchDirectoryPair } from '../../stacks/mswitch-directory-pair';
import { appIn, withFolder } from '../target/stack';
import { oracle, runInNamespace } from './support';

const programsOf = (topology: Topology): readonly (readonly [string, string])[] =>
  [...imageFiles(topology, 'debian:bookworm-slim')].filter(([name]) => name !== 'Dockerfile');

oracle('shellcheck', 'has nothing to say about the programs of an image', (program) => {
  const mail = mailInContainers().deployment.topology();
  const watch = renderHost(mail, 'hq/mail1').find(({ path: place }) => place === WATCH_PROGRAM);
  const all = [
    ...programsOf(failoverWithShadow().topology()),
    ...programsOf(mesh().topology()),
    ...programsOf(mail),
    ...programsOf(balancedMail().topology()),
    ...programsOf(new MswitchDirectoryPair(Testing.app()).deployment.topology()),
    [WATCH_PROGRAM, watch?.content ?? ''] as const,
  ];
  expect(all).toHaveLength(33);
  for (const [name, text] of all) {
    const { status, stdout } = spawnSync(program, ['--shell=sh', '--exclude=SC2016', '-'], {
      input: text,
      encoding: 'utf8',
    });
    expect(`${name}\n${stdout}`).toBe(`${name}\n`);
    expect(status).toBe(0);
  }
});

oracle('docker-compose', 'reads compose.yaml as it is meant', (program) => {
  withFolder((folder) => {
    const app = appIn(folder);
    new DockerTarget(new TerraformStack(app, 'stack'), 'docker', { deployment: failoverWithShadow() });
    app.synth();
    for (const place of ['openldap-failover.certificates', 'openldap-failover.secrets'])
      mkdirSync(path.join(folder, place));
    const { status, stdout, stderr } = spawnSync(program, ['config'], {
      cwd: path.join(folder, 'cdktf.out/tandem/openldap-failover'),
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const { services, networks } = parse(stdout) as {
      services: Record<string, { init: boolean; networks: object; cap_drop: string[]; stop_grace_period: string }>;
      networks: Record<string, { ipam: object }>;
    };
    expect(Object.keys(services).sort()).toEqual(['four-host', 'one-host', 'three-host', 'two-host']);
    expect(services['one-host']).toMatchObject({
      init: true,
      cap_drop: ['ALL'],
      networks: { 'openldap-failover-hq-lan': { ipv4_address: '192.0.2.11' } },
    });
    expect(networks['openldap-failover-hq-lan']?.ipam).toEqual({
      config: [{ subnet: '192.0.2.0/24', gateway: '192.0.2.1', ip_range: '192.0.2.128/25' }],
    });
  });
});

oracle('docker-compose', 'is not blind: a misspelt word is refused', (program) => {
  withFolder((folder) => {
    writeFileSync(path.join(folder, 'compose.yaml'), 'services:\n  one:\n    image: one\n    cap_dorp: [ALL]\n');
    expect(spawnSync(program, ['config'], { cwd: folder, encoding: 'utf8' }).status).not.toBe(0);
  });
});

/** What a script with the programs of an image at `$files` prints, behind its exit code. */
function inContainer(topology: Topology, script: string): string {
  const { status, stdout, stderr } = runInNamespace(['sh', '{}/run', '{}'], {
    hostname: 'container',
    files: { ...Object.fromEntries(programsOf(topology)), run: `set -eu\nfiles=$1\n${script}` },
  });
  return `${status}\n${stdout}${stderr}`;
}

describe('what stands in for systemctl', () => {
  const stand = (script: string): string =>
    inContainer(
      failoverWithShadow().topology(),
      `mount -t tmpfs tmpfs /run\nmkdir /run/tandem /run/bin\n${SERVICES}\nsystemctl() { sh "$files/systemctl" "$@"; }\n${script}`,
    );

  oracle('unshare', 'knows who runs', () => {
    expect(
      stand(`
serve slapd once
systemctl is-active slapd.service tandem-directory-gate.service postfix.service
systemctl is-active --quiet slapd.service && echo 'slapd runs'
systemctl is-active --quiet postfix.service || echo "postfix $?"
systemctl is-enabled slapd.service && ! systemctl is-enabled --quiet postfix.service && echo enabled`),
    ).toBe('0\nactive\ninactive\ninactive\nslapd runs\npostfix 3\nenabled\n');
  });

  oracle('unshare', 'has slapd started again by whoever looks after it, and waits for that', () => {
    expect(
      stand(`
serve slapd again
before=$(cat /run/tandem/slapd.pid)
systemctl restart slapd.service
[ "$(cat /run/tandem/slapd.pid)" != "$before" ] && [ -e /run/tandem/restart ] && echo 'another one'
kill -0 "$before" 2>/dev/null || echo 'the old one is gone'`),
    ).toBe('0\nanother one\nthe old one is gone\n');
  });

  oracle('unshare', 'stops slapd until it is to start, and waits for both', () => {
    expect(
      stand(`
serve slapd again
systemctl stop slapd.service && systemctl stop slapd.service
systemctl is-active slapd.service || [ -e /run/tandem/restart ] || echo 'stopped'
systemctl start slapd.service && systemctl is-active slapd.service
[ -e /run/tandem/stopped ] || echo 'as before'
systemctl start slapd.service tandem-directory-gate.service && echo 'nothing to do'`),
    ).toBe('0\ninactive\nstopped\nactive\nas before\nnothing to do\n');
  });

  oracle('unshare', 'starts nothing that does not run, and refuses what it does not know', () => {
    expect(
      stand(`
systemctl restart slapd.service && [ ! -e /run/tandem/restart ] && echo 'left alone'
systemctl daemon-reload && systemctl enable slapd.service && echo 'nothing to do'
systemctl restart postfix.service || echo "$?"
systemctl isolate rescue.target || echo "$?"`),
    ).toBe(`0
left alone
nothing to do
1
1
systemctl (of this container): there is no unit postfix.service in a container
systemctl (of this container): isolate is not known in a container
`);
  });
});

describe('tandem-health that waits', () => {
  const wait = (topology: Topology, script: string): string =>
    inContainer(topology, `mount -t tmpfs tmpfs /mnt\n${WAITS}\n${script}`);

  oracle('unshare', 'asks slapd at the port of the files that come while it waits', () => {
    expect(
      wait(
        failoverWithShadow().topology(),
        `
over /etc/default
over /etc/ldap
echo 'SLAPD_SERVICES="ldap:/// ldapi:///"' >/etc/default/slapd
: >/etc/ldap/slapd.ldif
begin ldap://127.0.0.1:1389
echo "SLAPD_SERVICES='ldap://:1389/ ldaps://:636/ ldapi:///'" >/etc/default/slapd
finish`,
      ),
    ).toBe('0\nopen\n');
  });

  oracle('unshare', 'asks ns-slapd for which files come while it waits', () => {
    expect(
      wait(
        mesh().topology(),
        `
over /etc
over /run
mkdir /run/tandem
: >/run/tandem/configured
begin ldaps://one.example.com:1636
mkdir -p /etc/tandem/ds389/one
printf 'full_machine_name = one.example.com\nsecure_port = 1636\n' >/etc/tandem/ds389/one/instance.inf
finish`,
      ),
    ).toBe('0\nopen\n');
  });
});

/** Starts the program before there are files, and goes on when it has looked; a server answers at one address alone. */
const WAITS = `over() { mount -t tmpfs tmpfs "$1"; } # FOLDER
begin() { # URL
  mkdir /mnt/bin
  printf '#!/bin/sh\\ncase " $* " in *" %s "*) ;; *) exit 1 ;; esac\\necho dn:\\n' "$1" >/mnt/bin/ldapsearch
  printf '#!/bin/sh\\n: >/mnt/looked\\nexec /bin/sleep "$@"\\n' >/mnt/bin/sleep
  chmod +x /mnt/bin/*
  PATH=/mnt/bin:$PATH sh "$files/tandem-health" 10 >/mnt/told 2>&1 &
  waiting=$!
  until [ -e /mnt/looked ]; do /bin/sleep 0.05; done
}
finish() {
  if wait "$waiting"; then echo open; else cat /mnt/told; fi
}`;

/** A stand-in for the entry point, whose server always answers. */
const SERVICES = `printf '#!/bin/sh\\n' >/run/bin/ldapsearch
chmod +x /run/bin/ldapsearch
PATH=/run/bin:$PATH
keep() { # NAME again|once
  while :; do
    sleep 1000 >/dev/null 2>&1 &
    echo $! >"/run/tandem/$1.pid"
    wait $! || :
    [ "$2" = again ] || break
    while [ -e /run/tandem/stopped ]; do sleep 0.05; done
  done
}
serve() {
  keep "$@" >/dev/null 2>&1 &
  while [ ! -s "/run/tandem/$1.pid" ]; do sleep 0.05; done
}`;
