import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { App, Testing, TerraformStack } from 'cdktf';
import type { DrbdResource } from 'tandem-ha';
import { Template, configureGoldenDirectory } from 'tandem-ha/testing';
import { renderHost } from '../../lib/render/render';
import { stacks } from '../../stacks/main';
import { MswitchLvsHosts } from '../../stacks/mswitch-lvs-hosts';
import { MswitchTableHosts } from '../../stacks/mswitch-table-hosts';
import { MvaultFailover } from '../../stacks/mvault-failover';
import { OxAsPublished } from '../../stacks/ox-as-published';
import { OxColdStandby } from '../../stacks/ox-cold-standby';
import { OxHotStandby } from '../../stacks/ox-hot-standby';
import { topologyOf } from '../support/topology-of';

configureGoldenDirectory(path.resolve(__dirname, '../golden'));

const scenarios = [
  ['mswitch-table-hosts', MswitchTableHosts, ['mail1', 'mail2'], ['cluster_mx', 'cluster_mx_provision']],
  ['mvault-failover', MvaultFailover, ['ldap1', 'ldap2', 'ldap3', 'ldap4'], ['directory_people']],
  ['ox-cold-standby', OxColdStandby, ['ox1', 'ox2'], ['cluster_ox', 'cluster_ox_provision']],
  ['ox-hot-standby', OxHotStandby, ['ox1', 'ox2'], ['cluster_ox', 'cluster_ox_provision']],
] as const;

describe.each(scenarios)('%s', (name, Scenario, hosts, groups) => {
  const stack = new Scenario(Testing.app());

  test('has no findings', () => {
    expect(stack).toHaveNoFindings();
  });

  test('renders the files that were read and approved', () => {
    expect(stack).toMatchAllHostFiles();
  });

  test('gives Terraform the bytes of every golden file, escaped, in one resource for each host', () => {
    const template = Template.of(stack);
    for (const host of hosts) {
      const { triggers_replace: triggers } = template.findResource('terraform_data', { triggers_replace: { host } })
        .properties as { triggers_replace: { files: Record<string, string> } };
      const folder = path.resolve(__dirname, `../golden/${name}/${host}`);
      const golden = readFileSync(path.join(folder, 'files.txt'), 'utf8').trim().split('\n');
      expect(Object.keys(triggers.files)).toHaveLength(golden.length);
      for (const [file, literal] of Object.entries(triggers.files)) {
        const text = literal.replaceAll('$${', '${').replaceAll('%%{', '%{');
        expect(text).toBe(readFileSync(path.join(folder, file), 'utf8'));
      }
    }
  });

  test('has logical ids that come from the names in the stack', () => {
    const ids = Template.of(stack)
      .resources('terraform_data')
      .map((resource) => resource.id);
    expect(ids).toEqual([...groups, ...hosts.map((host) => `host_${host}`), 'secrets']);
  });
});

describe('mswitch-lvs-hosts', () => {
  const stack = new MswitchLvsHosts(Testing.app());
  const contents = (scenario: TerraformStack, name: string): ReadonlyMap<string, string> => {
    const topology = topologyOf(scenario);
    const host = topology.hosts.find((one) => one.name === name);
    const files = renderHost(topology, host?.id ?? '');
    return new Map(
      files.map((file) => [file.path, file.content.replaceAll(/mswitch([-_])(?:lvs|table)\1hosts/g, 'DEPLOYMENT')]),
    );
  };

  test('has no findings', () => {
    expect(stack).toHaveNoFindings();
  });

  test.each(['lb1', 'lb2'])('gives %s the address and the servers behind it', (name) => {
    expect(stack).toMatchHostFile(name, '/etc/keepalived/keepalived.conf');
  });

  test('adds the address to the servers of the pair, and nothing else', () => {
    for (const name of ['mail1', 'mail2']) {
      const [behind, without] = [contents(stack, name), contents(new MswitchTableHosts(Testing.app()), name)];
      const changed = [...behind].filter(([file, content]) => without.get(file) !== content).map(([file]) => file);
      expect(changed).toEqual([
        '/etc/sysctl.d/60-tandem-lvs.conf',
        '/etc/systemd/system/tandem-lvs-address.service',
        '/usr/local/sbin/tandem-lvs-address',
      ]);
      expect([...without.keys()].filter((file) => !behind.has(file))).toEqual([]);
    }
  });
});

test.each([
  ['ox-cold-standby', 80],
  ['mswitch-table-hosts', 60],
  ['mvault-failover', 60],
])('%s is written in at most %i lines', (name, lines) => {
  const source = readFileSync(path.resolve(__dirname, `../../stacks/${name}.ts`), 'utf8');
  expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(lines);
});

test('the failover group has a master, two mirrors and a fourth server that follows the group (F30)', () => {
  const { replicas, replicationAgreements } = topologyOf(new MvaultFailover(Testing.app()));
  expect(replicas.map(({ server, role }) => [server, role])).toEqual([
    ['dsa1', 'supplier'],
    ['dsa2', 'mirror'],
    ['dsa3', 'mirror'],
    ['dsa4', 'consumer'],
  ]);
  const shadow = replicationAgreements.find(({ consumer }) => consumer === 'dsa4');
  expect(shadow?.supplier.kind).toBe('group');
});

test('the hot standby has two groups, two virtual addresses and a preferred node for each (E20)', () => {
  const groups = topologyOf(new OxHotStandby(Testing.app())).clusters[0]!.groups;
  expect(groups.map((group) => [group.name, group.preferred])).toEqual([
    ['groupware', 'hq/ox1'],
    ['mail', 'hq/ox2'],
  ]);
});

describe('ox-as-published', () => {
  const stack = new OxAsPublished(Testing.app());

  test.each([
    ['E3', 'drbd/semantic-name'],
    ['E4', 'drbd/script-name'],
    ['E5', 'cluster/fencing'],
    ['E6', 'cluster/heartbeat-paths'],
    ['E6', 'cluster/shared-cable'],
    ['E7', 'drbd/node-order'],
    ['E10', 'drbd/parallel-resync'],
    ['E10', 'drbd/resync-rate'],
    ['E11', 'drbd/wfc-timeout'],
    ['E12', 'drbd/uniform'],
    ['E13', 'service/state-replicated', 'mail queue'],
    ['E14', 'service/state-replicated', 'documents and attachments'],
    ['E15', 'cluster/monitoring'],
    ['E16', 'cluster/address-last'],
    ['X11', 'backup/missing'],
  ])('%s is found by %s', (_requirement, rule, message = '') => {
    expect(stack).toHaveFinding(rule, { message: new RegExp(message) });
  });

  test('is refused with all findings, and nothing is written', () => {
    const app = new App({ outdir: path.join(Testing.app().outdir, 'refused') });
    new OxAsPublished(app);
    expect(() => app.synth()).toThrow(/cluster\/fencing: [\s\S]*drbd\/wfc-timeout: /);
  });

  test.each(['/etc/drbd.conf', '/etc/ha.d/ha.cf', '/etc/ha.d/haresources'])(
    'renders %s as it was published',
    (file) => {
      expect(stack).toMatchHostFile('ox1', file);
      expect(stack).toMatchHostFile('ox2', file);
    },
  );

  test('names its resources by number, as the document does', () => {
    const names = stack.node.findAll().filter((node): node is DrbdResource => /^r\d$/.test(node.node.id));
    expect(names.map((resource) => resource.name)).toEqual(['r0', 'r1', 'r2', 'r3']);
  });
});

test('the app of cdktf.json has every scenario that can be deployed', () => {
  const app = Testing.app();
  stacks(app);
  // One scenario has a stack for each site.
  const found = app.node.children
    .filter((child) => child.node.findAll().some((node) => TerraformStack.isStack(node)))
    .map((child) => child.node.id);
  const every = readdirSync(path.resolve(__dirname, '../../stacks')).map((file) => path.basename(file, '.ts'));
  expect([...found].sort()).toEqual(every.filter((name) => name !== 'main' && name !== 'ox-as-published').sort());
});
