import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { adopt, type Adoption } from '../../lib/adopt/adopt';
import type { AdoptInput } from '../../lib/adopt/input';
import { toTypeScript } from '../../lib/adopt/typescript/stack';
import { check } from '../../lib/check/run';
import * as publicInterface from '../../lib/index';
import { build as buildDrbd } from '../../lib/render/drbd-conf/build';
import { print as printDrbd } from '../../lib/render/drbd-conf/print';
import { build as buildHaCf } from '../../lib/render/ha-cf/build';
import { print as printHaCf } from '../../lib/render/ha-cf/print';
import { build as buildHaresources } from '../../lib/render/haresources/build';
import { print as printHaresources } from '../../lib/render/haresources/print';
import type { Topology } from '../../lib/topology/topology';
import { published, repository, wild } from './support';

/** The topology of a generated stack, run as a user would run it. */
function run(stack: string): Topology {
  const { outputText } = ts.transpileModule(stack, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exports: { Adopted?: new (scope: undefined) => { topology(): Topology } } = {};
  const require = (name: string): unknown => {
    if (name === 'tandem-ha') return publicInterface;
    throw new Error(`the stack imports ${name}`);
  };
  new Function('exports', 'require', outputText)(exports, require);
  if (!exports.Adopted) throw new Error('the stack exports no class Adopted');
  return new exports.Adopted(undefined).topology();
}

/** The three files as the first node of a topology gets them. */
function rendered(topology: Topology): AdoptInput {
  const host = topology.clusters[0]?.nodes[0] ?? topology.hosts[0]?.id ?? '';
  return {
    drbd: { file: 'drbd.conf', text: printDrbd(buildDrbd(topology, host)) },
    ha: { file: 'ha.cf', text: printHaCf(buildHaCf(topology, host)) },
    haresources: { file: 'haresources', text: printHaresources(buildHaresources(topology, host)) },
  };
}

type Settings = Map<string, unknown>;

/** What files set, one entry per setting; names that a file does not hold are left out. */
function settingsOf({ topology }: Adoption): Settings {
  const settings: Settings = new Map();
  const add = (key: string, value: unknown): void => {
    if (value !== undefined) settings.set(key, value);
  };
  for (const resource of topology.drbdResources) {
    const { name, startup, disk, net, handlers, peers, volumes } = resource;
    add(`${name} protocol`, resource.protocol);
    add(`${name} incon-degr-cmd`, resource.inconDegrCmd);
    add(`${name} fencing`, resource.fencing);
    for (const [section, facts] of Object.entries({ startup, disk, net })) {
      for (const [key, value] of Object.entries(facts))
        if (key !== 'extraOptions') add(`${name} ${section}.${key}`, value);
      for (const [key, value] of Object.entries(facts.extraOptions)) add(`${name} ${section} ${key}`, value);
    }
    for (const { event, command } of handlers) add(`${name} handler ${event}`, command);
    for (const peer of peers) add(`${name} peer ${peer.host}`, `${peer.address}:${peer.port}`);
    for (const volume of volumes)
      for (const { host, disk: backing, metaDisk } of volume.disks)
        add(`${name} minor ${volume.minor} on ${host}`, `${backing} ${metaDisk}`);
  }
  for (const cluster of topology.clusters) {
    for (const [key, value] of Object.entries(cluster.timing)) add(key, value);
    add('nodes', cluster.nodes);
    add('auto_failback', cluster.autoFailback);
    add('udpport', cluster.udpPort);
    add('dopd', cluster.dopd);
    add('standby', cluster.standby);
    add('monitoring', cluster.monitoring !== undefined);
    add(
      'links',
      cluster.links.map((link) =>
        link.kind === 'serial'
          ? [link.kind, link.baud, link.ends[0]?.device]
          : [link.kind, link.ends[0]?.interface, link.multicast],
      ),
    );
    add(
      'fencing',
      topology.fencingDevices
        .filter((device) => device.plugin !== 'baytech' || device.parameters.length > 1)
        .map(({ plugin, from, parameters }) => [
          plugin,
          from,
          parameters.map((one) => ('value' in one ? one.value : 'secret')),
        ]),
    );
    for (const { name, value } of cluster.extraDirectives)
      if (!['logfile', 'debugfile', 'logfacility', 'use_logd'].includes(name)) add(`${name} ${value}`, true);
    cluster.groups.forEach((group, index) => {
      add(`group ${index}`, group.preferred);
      const addresses = group.members.filter((member) => member.kind === 'address');
      add(
        `group ${index} addresses`,
        addresses.map(({ script, address }) => [script, address]),
      );
      add(`group ${index} opens its address first`, group.members[0]?.kind === 'address');
      group.members
        .filter((member) => member.kind !== 'other' && member.kind !== 'address')
        .filter((member) => member.kind !== 'mount' || member.source.kind !== 'unknown')
        .forEach((member, place) => {
          const key = `group ${index} member ${place}`;
          if (member.kind === 'activation') add(key, [member.script, member.resource]);
          if (member.kind === 'mount') {
            const { source, directory, fileSystem, options } = member;
            add(key, [source, directory.replace(/(?<=.)\/$/, ''), fileSystem, options]);
          }
          if (member.kind === 'service') add(key, topology.services.find(({ id }) => id === member.service)?.name);
        });
    });
  }
  return settings;
}

/** What the model says in one way only; the stack lists it. */
const expectedLosses: Readonly<Record<string, readonly string[]>> = {
  'drbd-8-0': ['mysql net.cramHmacAlg', 'mysql minor 0 on db-b'],
};

describe('a stack from files', () => {
  const cases: readonly (readonly [string, AdoptInput])[] = [
    ['as published', published()],
    ...['drbd-8-0', 'drbd-8-3', 'drbd-8-4-includes', 'crm-on', 'san', 'floating', 'heartbeat-1'].map(
      (name) => [name, wild(name)] as const,
    ),
    ['drbd-9-paths', { drbd: wild('drbd-9-paths').drbd }],
  ];

  test.each(cases)('%s: renders every setting that the files have', (name, input) => {
    const before = adopt(input);
    const after = adopt(rendered(run(toTypeScript(before))));
    const [expected, got] = [settingsOf(before), settingsOf(after)];
    const lost = [...expected].filter(
      ([key, value]) => JSON.stringify(got.get(key)) !== JSON.stringify(value) && !expectedLosses[name]?.includes(key),
    );
    expect(lost.map(([key, value]) => [key, value, got.get(key)])).toEqual([]);
    expect(after.faults).toEqual([]);
  });

  test('the syntax faults of the published files are gone', () => {
    const before = adopt(published());
    const after = adopt(rendered(run(toTypeScript(before))));
    expect(before.faults.map((fault) => fault.requirement)).toEqual(expect.arrayContaining(['E1', 'E2']));
    expect(after.faults).toEqual([]);
    expect(after.topology.drbdResources.map((resource) => resource.inconDegrCmd)).toEqual(
      Array(4).fill("echo '!DRBD! pri on incon-degr' | wall ; sleep 60 ; halt -f"),
    );
  });

  test('the faults of the design stay until somebody mends them', () => {
    const rules = new Set(check(run(toTypeScript(adopt(published())))).map((finding) => finding.rule));
    for (const rule of ['cluster/fencing', 'cluster/heartbeat-paths', 'cluster/address-last', 'drbd/parallel-resync'])
      expect(rules).toContain(rule);
  });

  test('constants are named after what is mounted, resources keep their names', () => {
    const stack = toTypeScript(adopt(published()));
    expect(stack).toContain('// r1 holds /var/lib/ldap;');
    expect(stack).toContain("const ldapDisk = new DrbdResource(this, 'r1', {");
    expect(stack).toContain("const spoolImapDisk = new DrbdResource(this, 'r3', {");
  });

  test('no secret is copied', () => {
    const stacks = ['drbd-8-0', 'drbd-8-3', 'heartbeat-1'].map((name) => toTypeScript(adopt(wild(name)))).join('');
    expect(stacks).not.toMatch(/a-shared-word|the-word-that-nobody-knows|topsecretword|mysecretpassword/);
    expect(stacks).toContain("sharedSecret: SecretRef.named('adopted_drbd')");
    expect(stacks).toContain("authenticationKey: SecretRef.named('adopted_heartbeat')");
  });

  test('what the model cannot hold is listed', () => {
    const stack = toTypeScript(adopt(wild('drbd-8-3')));
    expect(stack).toContain('// - resource home, section options: cpu-mask 3');
    expect(stack).toContain(
      '// - haresources, MailTo::root@localhost::Takeover: groups of the model have no such member',
    );
    const older = toTypeScript(adopt(wild('drbd-8-0')));
    expect(older).toContain('meta-disk /dev/sda6[0] of db-b; both hosts use internal');
    expect(older).toContain('cram-hmac-alg sha1; it becomes sha256, on both nodes at once');
  });

  test('addresses that no file has are asked for', () => {
    const stack = toTypeScript(adopt(wild('crm-on')));
    expect(stack).toContain('// put the address of alice here: it is in none of the files');
  });

  test('compiles strictly', () => {
    const stack = toTypeScript(adopt(wild('drbd-8-3')));
    expect(typeFaults(stack)).toEqual([]);
    expect(typeFaults(stack.replace('dopd: false', "dopd: 'no'"))).not.toEqual([]);
  }, 60_000);
});

/** What the compiler says of a stack that stands in `stacks`. */
function typeFaults(stack: string): readonly string[] {
  const file = path.join(repository, 'stacks', 'adopted-for-test.ts');
  const { config } = ts.readConfigFile(path.join(repository, 'tsconfig.json'), (name) =>
    readFileSync(name, 'utf8'),
  ) as { config: { compilerOptions: object } };
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, types: ['node'] }, repository);
  const host = ts.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  host.getSourceFile = (name, language) =>
    name === file ? ts.createSourceFile(name, stack, language) : getSourceFile(name, language);
  host.fileExists = (name) => name === file || fileExists(name);
  const program = ts.createProgram([file], options, host);
  const source = program.getSourceFile(file);
  const faults = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  return faults.map((fault) => ts.flattenDiagnosticMessageText(fault.messageText, '\n'));
}
