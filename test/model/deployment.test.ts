import { Construct, RootConstruct } from 'constructs';
import { check } from '../../lib/check/run';
import {
  DataRate,
  Deployment,
  DrbdResource,
  type GroupMember,
  Host,
  ModelError,
  Network,
  Service,
  Site,
} from '../../lib/index';
import { buildGroupwarePair, groupwarePair } from '../support/pair';

describe('a deployment', () => {
  test('needs no Terraform and no parent', () => {
    const deployment = new Deployment(undefined, 'alone');
    expect(deployment.topology()).toMatchObject({ name: 'alone', path: 'alone', hosts: [], drbdVersion: '8.4' });
  });

  test('is read once: the same topology every time', () => {
    const { deployment } = buildGroupwarePair();
    expect(deployment.topology()).toBe(deployment.topology());
  });

  test('gives deeply frozen facts', () => {
    const topology = groupwarePair();
    expect(Object.isFrozen(topology.clusters[0]?.groups[0]?.members)).toBe(true);
  });

  test('sorts by id, whatever the order of the code', () => {
    const topology = groupwarePair();
    const ids = topology.drbdResources.map((resource) => resource.id);
    expect(ids).toEqual([...ids].sort());
  });

  test('fails when something is added after it was read', () => {
    const { deployment, site, group, ox1 } = buildGroupwarePair();
    deployment.topology();
    expect(() => new Site(deployment, 'late')).toThrow(
      '[groupware/late] model/frozen: the deployment was read already and takes no more constructs or settings (groupware); add everything before synth or before topology() is called',
    );
    expect(() => new Network(site, 'late', { cidr: '10.0.0.0/8' })).toThrow(/model\/frozen/);
    expect(() => group.addMember(undefined as never)).toThrow(/model\/frozen/);
    expect(() => ox1.acknowledge('host/clock', 'reason')).toThrow(/model\/frozen/);
  });

  test('fails for a construct outside a deployment', () => {
    const scope = new Construct(new RootConstruct(), 'stack');
    expect(() => new Site(scope as never, 'hq')).toThrow(
      '[stack] model/scope: a construct of Tandem must be inside a Deployment (hq)',
    );
  });

  test('fails for a name that is taken', () => {
    const { deployment } = buildGroupwarePair();
    expect(() => new Site(deployment, 'hq')).toThrow(
      '[groupware/hq] model/unique-name: the name is taken ("hq"); give each construct its own name',
    );
  });

  test('fails for a name that a folder cannot have', () => {
    expect(() => new Deployment(undefined, 'a b')).toThrow(/^\[a b\] value\/name: name: /);
    expect(() => new Deployment(undefined, '../x')).toThrow(ModelError);
  });

  test('fails for an acknowledgement without a reason', () => {
    const { ox1 } = buildGroupwarePair();
    expect(() => ox1.acknowledge('host/clock', ' ')).toThrow(/model\/reason: an acknowledgement needs a reason/);
  });

  test('lists acknowledgements by path and rule', () => {
    const { deployment, ox2, ox1 } = buildGroupwarePair();
    ox2.acknowledge('host/clock', 'a laboratory');
    ox1.acknowledge('host/clock', 'a laboratory');
    expect(deployment.topology().acknowledgements.map((entry) => entry.path)).toEqual([
      'groupware/hq/ox1',
      'groupware/hq/ox2',
    ]);
  });
});

describe('a DRBD resource', () => {
  const made = (props: object): (() => unknown) => {
    const { deployment, ox1, ox2, link } = buildGroupwarePair();
    return () =>
      new DrbdResource(deployment, 'more', {
        hosts: [ox1, ox2],
        network: link,
        disk: '/dev/sdc1',
        port: 7900,
        ...props,
      });
  };

  test('names construct, property, value and rule of a wrong value', () => {
    expect(made({ disk: 'sdc1' })).toThrow(
      /^\[groupware\/more\] value\/device: disk: .*\("sdc1"\); write it that way$/,
    );
    expect(made({ port: 70000 })).toThrow(/\[groupware\/more\] value\/number: port: number is out of range \(70000\)/);
  });

  test('fails for one host twice, or a disk beside volumes', () => {
    const { deployment, ox1, link } = buildGroupwarePair();
    const props = { hosts: [ox1, ox1] as const, network: link, disk: '/dev/sdc1', port: 7900 };
    expect(() => new DrbdResource(deployment, 'more', props)).toThrow(/drbd\/hosts/);
    expect(made({ volumes: [{ minor: 20, disk: '/dev/sdd1' }] })).toThrow(/drbd\/volumes/);
  });

  test('fails for a backing device that one host lacks', () => {
    expect(made({ disk: { ox1: '/dev/sdc1' } })).toThrow(/no backing device for host ox2/);
  });

  test('counts its minor from the first port, and its resynchronisation follows the disk (E10)', () => {
    const byName = new Map(groupwarePair().drbdResources.map((resource) => [resource.name, resource]));
    expect(byName.get('database')?.volumes[0]).toMatchObject({ minor: 1, device: '/dev/drbd1' });
    expect(byName.get('ldap')?.disk.resyncAfter).toBeUndefined();
    expect(byName.get('database')?.disk.resyncAfter).toBe('ldap');
    expect(byName.get('imap-index')?.disk.resyncAfter).toBe('database');
  });

  test('resynchronises at a fixed rate, unless told to let the controller decide', () => {
    expect(groupwarePair().drbdResources[0]?.disk.extraOptions).toEqual({ 'c-plan-ahead': '0' });
    const { deployment, ox1, ox2, link } = buildGroupwarePair();
    const props = { hosts: [ox1, ox2] as const, network: link, disk: '/dev/sdc1', port: 7900 };
    const resyncRate = DataRate.mebibytesPerSecond(10);
    new DrbdResource(deployment, 'more', { ...props, resyncRate, extraOptions: { disk: { 'c-plan-ahead': '20' } } });
    const more = deployment.topology().drbdResources.find((resource) => resource.name === 'more');
    expect(more?.disk.extraOptions).toEqual({ 'c-plan-ahead': '20' });
  });

  test('of DRBD 0.7 gets a group of its own on a disk, and no option that 0.7 does not know', () => {
    const [first] = groupwarePair({ drbdVersion: '0.7' }).drbdResources;
    expect(first?.disk.resyncGroup).toBe(2);
    expect(first?.net).not.toHaveProperty('pingTimeout');
    expect(first).not.toHaveProperty('fencing');
    expect(first?.handlers).toEqual([]);
  });

  test('acknowledges nothing while it does not know what its lost peer does, unless told otherwise', () => {
    const [first] = groupwarePair().drbdResources;
    expect(first).toMatchObject({
      protocol: 'C',
      fencing: 'resource-and-stonith',
      handlers: [{ event: 'fence-peer' }],
    });
  });
});

describe('a cluster', () => {
  test('has complete times that make sense (E9)', () => {
    expect(groupwarePair().clusters[0]?.timing).toEqual({
      keepalive: 1000,
      warntime: 5000,
      deadtime: 10_000,
      initdead: 90_000,
    });
  });

  test('promotes a resource once, before its mount, and opens its address last (X21, E16)', () => {
    const members = groupwarePair().clusters[0]!.groups[0]!.members.map((member) =>
      member.path.split('/groupware/').pop(),
    );
    expect(members.slice(0, 3)).toEqual(['activation ldap', 'mount /var/lib/ldap', 'service directory']);
    expect(members.at(-1)).toBe('address 192.168.1.160');
  });

  test('starts groups in turn, unless told to start members of a kind together (X21)', () => {
    expect(groupwarePair().clusters[0]!.groups[0]!.start).toBe('in-turn');
    const [group] = groupwarePair({}, {}, { start: 'together', addressPosition: 'first' }).clusters[0]!.groups;
    expect(group!.start).toBe('together');
    const kinds = group!.members.map(({ kind }) => kind);
    expect(kinds.filter((kind, index) => kind !== kinds[index - 1])).toEqual([
      'address',
      'activation',
      'mount',
      'service',
    ]);
    expect(() => groupwarePair({}, {}, { start: 'at-once' as 'together' })).toThrow(/at-once/);
  });

  test('needs no order of members that start together, but that of services that require each other', () => {
    const { deployment, cluster, lan, link, ox1, ox2 } = buildGroupwarePair();
    const resource = (name: string, partition: number): DrbdResource =>
      new DrbdResource(deployment, name, {
        hosts: [ox1, ox2],
        network: link,
        disk: `/dev/sdc${partition}`,
        port: 7800 + partition,
      });
    const first = new Service(deployment, 'first', { state: { '/srv/a/b/data': 'data' } });
    const second = new Service(deployment, 'second', { requires: [first] });
    const group = (name: string, members: readonly GroupMember[], last: number): void =>
      void cluster.addGroup(name, {
        preferred: ox1,
        address: lan.virtualAddress(`192.168.1.${last}`),
        start: 'together',
        members,
      });
    group(
      'unordered',
      [first, resource('inner', 1).mountedAt('/srv/a/b'), resource('outer', 2).mountedAt('/srv/a'), second],
      201,
    );
    const third = new Service(deployment, 'third', { requires: [] });
    group('contrary', [new Service(deployment, 'fourth', { requires: [third] }), third], 202);
    const findings = check(deployment.topology()).filter(({ rule }) => rule === 'cluster/start-order');
    expect(findings.map(({ path }) => path)).toEqual(['groupware/ox/contrary/service fourth']);
  });

  test('fails for a preferred host that is no node', () => {
    const { cluster, site, lan } = buildGroupwarePair();
    const other = new Host(site, 'other', { interfaces: { eth0: lan.address('192.168.1.200') } });
    expect(() =>
      cluster.addGroup('more', { preferred: other, address: lan.virtualAddress('192.168.1.201'), members: [] }),
    ).toThrow(/cluster\/preferred-node/);
  });
});
