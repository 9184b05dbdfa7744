import {
  BalancedService,
  Consumer,
  Deployment,
  Directory,
  DirectoryBackup,
  type DirectoryProps,
  DirectoryServer,
  type DirectoryServerProps,
  Duration,
  FailoverGroup,
  Host,
  Hub,
  LoadBalancer,
  MultiMasterGroup,
  type MultiMasterGroupProps,
  Network,
  ReplicationAgreement,
  Site,
  UpdateMode,
} from '../../lib/index';

/** A deployment under construction: servers get hosts of their own, named after them. */
export class DirectoryWorkshop {
  readonly deployment: Deployment;
  private readonly site: Site;
  private readonly lan: Network;
  private last = 10;

  constructor(name: string) {
    this.deployment = new Deployment(undefined, name, { timeServers: ['192.0.2.1'] });
    this.site = new Site(this.deployment, 'hq');
    this.lan = new Network(this.site, 'lan', { cidr: '192.0.2.0/24' });
  }

  server(name: string, props: Partial<DirectoryServerProps> = {}): DirectoryServer {
    const eth0 = this.lan.address(`192.0.2.${(this.last += 1)}`);
    const host = new Host(this.site, `${name}-host`, { interfaces: { eth0 } });
    return new DirectoryServer(this.deployment, name, { host, ...props });
  }

  servers(...names: readonly string[]): readonly DirectoryServer[] {
    return names.map((name) => this.server(name));
  }

  /** Two hosts that balance on 192.0.2.100. */
  balancer(services: readonly BalancedService[]): LoadBalancer {
    const hosts = ['lb1', 'lb2'].map(
      (name) => new Host(this.site, name, { interfaces: { eth0: this.lan.address(`192.0.2.${(this.last += 1)}`) } }),
    );
    return new LoadBalancer(this.deployment, 'front', {
      address: this.lan.virtualAddress('192.0.2.100'),
      on: { hosts },
      services,
    });
  }

  directory(name: string, props: Partial<DirectoryProps> = {}): Directory {
    return new Directory(this.deployment, name, { suffix: 'dc=example,dc=com', ...props });
  }
}

const interval = Duration.hours(1);

/** Three members, two of them mirrors, and a fourth server that shadows the group (F30). */
export function failoverWithShadow(props: Partial<DirectoryProps> = {}): Deployment {
  const workshop = new DirectoryWorkshop('openldap-failover');
  const [one, two, three, four] = workshop.servers('one', 'two', 'three', 'four') as [
    DirectoryServer,
    DirectoryServer,
    DirectoryServer,
    DirectoryServer,
  ];
  const people = workshop.directory('people', { writeFailover: true, schemaOwner: one, ...props });
  const masters = new FailoverGroup(people, 'masters', { master: one, mirrors: [two, three] });
  new Consumer(people, 'shadow', { server: four, from: masters });
  new DirectoryBackup(people, 'dump', { server: two, interval });
  return workshop.deployment;
}

/** Two members of a failover group and a shadow, behind two load balancers: reads on port 389, writes on 3389. */
export function balancedFailover(): Deployment {
  const workshop = new DirectoryWorkshop('openldap-balanced');
  const [one, two, three] = workshop.servers('one', 'two', 'three') as [
    DirectoryServer,
    DirectoryServer,
    DirectoryServer,
  ];
  const people = workshop.directory('people', { writeFailover: true, schemaOwner: one });
  const masters = new FailoverGroup(people, 'masters', { master: one, mirrors: [two] });
  new Consumer(people, 'shadow', { server: three, from: masters });
  workshop.balancer([BalancedService.directoryReads(people), BalancedService.directoryWrites(people)]);
  return workshop.deployment;
}

/** A master and its mirror. */
export function failoverPair(props: Partial<DirectoryProps> = {}): Deployment {
  const workshop = new DirectoryWorkshop('openldap-pair');
  const [one, two] = workshop.servers('one', 'two') as [DirectoryServer, DirectoryServer];
  const people = workshop.directory('people', { writeFailover: true, schemaOwner: one, ...props });
  new FailoverGroup(people, 'masters', { master: one, mirrors: [two] });
  new DirectoryBackup(people, 'dump', { server: two, interval });
  return workshop.deployment;
}

/** Four suppliers that feed each other: 12 agreements in a mesh, 8 in a ring (R13). */
export function fourSuppliers(topology: 'mesh' | 'ring', props: Partial<DirectoryProps> = {}): Deployment {
  const workshop = new DirectoryWorkshop(`openldap-${topology}`);
  const suppliers = workshop.servers('one', 'two', 'three', 'four');
  const people = workshop.directory('people', { schemaOwner: suppliers[0], ...props });
  new MultiMasterGroup(people, 'suppliers', { suppliers, topology, preferredWriter: suppliers[0] });
  new DirectoryBackup(people, 'dump', { server: suppliers[1] as DirectoryServer, interval });
  return workshop.deployment;
}

/** Three suppliers, of which two are a majority. */
export function threeSuppliers(group: Pick<MultiMasterGroupProps, 'partitionPolicy' | 'minorityReads'>): Deployment {
  const workshop = new DirectoryWorkshop('openldap-three');
  const suppliers = workshop.servers('one', 'two', 'three');
  const people = workshop.directory('people', { schemaOwner: suppliers[0] });
  new MultiMasterGroup(people, 'suppliers', { suppliers, preferredWriter: suppliers[0], ...group });
  new DirectoryBackup(people, 'dump', { server: suppliers[1] as DirectoryServer, interval });
  return workshop.deployment;
}

/** A hub behind a group, and behind it consumers of parts: without photos, with names alone, one subtree at an interval. */
export function cascadeWithParts(): Deployment {
  const workshop = new DirectoryWorkshop('openldap-cascade');
  const [one, two, hub, photos, names, part] = workshop.servers('one', 'two', 'hub', 'photos', 'names', 'part') as [
    ...DirectoryServer[],
  ] as unknown as readonly [
    DirectoryServer,
    DirectoryServer,
    DirectoryServer,
    DirectoryServer,
    DirectoryServer,
    DirectoryServer,
  ];
  const people = workshop.directory('people', {
    schemaOwner: one,
    load: { entries: 1_500_000 },
    schemaFiles: {
      groupware: [
        "attributeTypes: ( 1.3.6.1.4.1.32473.1.1 NAME 'groupwareQuota' DESC 'mégabytes' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )",
        "objectClasses: ( 1.3.6.1.4.1.32473.2.1 NAME 'groupwareUser' SUP top AUXILIARY MUST uid MAY ( groupwareQuota $ mail ) )",
      ],
    },
  });
  const masters = new FailoverGroup(people, 'masters', { master: one, mirrors: [two] });
  const middle = new Hub(people, 'middle', { server: hub, from: masters });
  new Consumer(people, 'without-photos', { server: photos, from: middle, excludedAttributes: ['jpegPhoto', 'audio'] });
  new Consumer(people, 'names', {
    server: names,
    from: middle,
    includedAttributes: ['cn', 'sn', 'groupwareQuota'],
    authentication: 'simple',
  });
  new Consumer(people, 'part', {
    server: part,
    from: middle,
    area: {
      base: 'ou=far\\, away,dc=example,dc=com',
      filter: '(&(objectClass=person)(!(cn=a "quoted" \\28näme\\29)))',
    },
    updateMode: UpdateMode.every(Duration.hours(30), Duration.minutes(10)),
  });
  new DirectoryBackup(people, 'dump', { server: two, interval });
  return workshop.deployment;
}

/** Two directories on the same servers, one below the other, in opposite roles, with names that need escapes. */
export function severalDirectories(): Deployment {
  const workshop = new DirectoryWorkshop('openldap-several');
  const one = workshop.server('one', { identity: 'cn=one \\2B \\"x\\",o=Example \\, Inc,c=DE' });
  const two = workshop.server('two', { tlsPort: 1636, port: 1389, hostname: 'ldap2.example.com' });
  const upper = workshop.directory('a-upper', { suffix: 'o=Exämple \\"A\\" \\\\ b\\=c\\#', schemas: [] });
  const lower = workshop.directory('b-lower', { suffix: 'ou=x+l=y,o=Exämple \\"A\\" \\\\ b\\=c\\#', schemas: ['nis'] });
  new FailoverGroup(upper, 'masters', { master: one, mirrors: [two] });
  new MultiMasterGroup(lower, 'suppliers', { suppliers: [one, two], topology: 'explicit' });
  new ReplicationAgreement(lower, 'there', { supplier: one, consumer: two, authentication: 'simple' });
  new ReplicationAgreement(lower, 'back', { supplier: two, consumer: one });
  return workshop.deployment;
}

/**
 * A group that looks after unique values and references, with a consumer that has writes done at its master, one that
 * gets names of people alone, and a link to the directory of another server.
 */
export function chainAndPlugins(): Deployment {
  const workshop = new DirectoryWorkshop('openldap-plugins');
  const one = workshop.server('one', {
    plugins: ['attribute-uniqueness', 'referential-integrity'],
    uniqueAttributes: ['uid', 'employeeNumber'],
    databaseLinks: [{ suffix: 'ou=far,dc=example,dc=com', url: 'ldaps://far-host', backedUpBy: 'this stack' }],
  });
  const two = workshop.server('two', {
    plugins: ['attribute-uniqueness'],
    uniqueAttributes: ['uid', 'employeeNumber'],
  });
  const people = workshop.directory('people', { writeFailover: true, schemaOwner: one });
  const masters = new FailoverGroup(people, 'masters', { master: one, mirrors: [two] });
  new Consumer(people, 'chaining', { server: workshop.server('three'), from: masters, updates: 'chain' });
  new Consumer(people, 'names', {
    server: workshop.server('names'),
    from: masters,
    includedAttributes: ['cn', 'sn'],
    area: { filter: '(|(objectClass=organization)(title=*))' },
  });
  new DirectoryBackup(people, 'dump', { server: two, interval });
  const far = workshop.server('far');
  const branch = workshop.directory('branch', { suffix: 'ou=far,dc=example,dc=com', schemaOwner: far });
  new MultiMasterGroup(branch, 'alone', { suppliers: [far] });
  new DirectoryBackup(branch, 'dump', { server: far, interval });
  return workshop.deployment;
}

/** Two suppliers that both take writes: whole entries are sent. */
export function twoSuppliers(): Deployment {
  const workshop = new DirectoryWorkshop('openldap-two');
  const suppliers = workshop.servers('one', 'two');
  const people = workshop.directory('people', { schemaOwner: suppliers[0] });
  new MultiMasterGroup(people, 'suppliers', { suppliers, preferredWriter: suppliers[0] });
  new DirectoryBackup(people, 'dump', { server: suppliers[1] as DirectoryServer, interval });
  return workshop.deployment;
}

/** A hub behind a group, two consumers behind the hub, and one beside it. `repointed`: the second one reads from the group. */
export function cascade({ repointed = false }: { readonly repointed?: boolean } = {}): Deployment {
  const workshop = new DirectoryWorkshop('openldap-hub');
  const [one, two, hub, below, moved, beside] = workshop.servers(
    ...['one', 'two', 'hub', 'below', 'moved', 'beside'],
  ) as unknown as Readonly<Record<0 | 1 | 2 | 3 | 4 | 5, DirectoryServer>> & Iterable<DirectoryServer>;
  const people = workshop.directory('people', { writeFailover: true, schemaOwner: one });
  const masters = new FailoverGroup(people, 'masters', { master: one, mirrors: [two] });
  const middle = new Hub(people, 'middle', { server: hub, from: masters });
  new Consumer(people, 'below', { server: below, from: middle });
  new Consumer(people, 'moved', { server: moved, from: repointed ? masters : middle });
  new Consumer(people, 'beside', { server: beside, from: masters });
  new DirectoryBackup(people, 'dump', { server: two, interval });
  return workshop.deployment;
}

/** A supplier, and a consumer that is brought up to date every six seconds. */
export function periodicConsumer(): Deployment {
  const workshop = new DirectoryWorkshop('openldap-interval');
  const [one, reader] = workshop.servers('one', 'reader') as [DirectoryServer, DirectoryServer];
  const people = workshop.directory('people', { schemaOwner: one });
  const suppliers = new MultiMasterGroup(people, 'suppliers', { suppliers: [one] });
  new Consumer(people, 'reader', {
    server: reader,
    from: suppliers,
    updateMode: UpdateMode.every(Duration.seconds(6), Duration.seconds(1)),
  });
  new DirectoryBackup(people, 'dump', { server: one, interval });
  return workshop.deployment;
}

/** A master, its mirror and a consumer that gets no photos and no numbers. */
export function fractionalConsumer(): Deployment {
  const workshop = new DirectoryWorkshop('openldap-fractional');
  const [one, two, reader] = workshop.servers('one', 'two', 'reader') as [
    DirectoryServer,
    DirectoryServer,
    DirectoryServer,
  ];
  const people = workshop.directory('people', { writeFailover: true, schemaOwner: one });
  const masters = new FailoverGroup(people, 'masters', { master: one, mirrors: [two] });
  new Consumer(people, 'reader', {
    server: reader,
    from: masters,
    excludedAttributes: ['jpegPhoto', 'employeeNumber'],
  });
  new DirectoryBackup(people, 'dump', { server: two, interval });
  return workshop.deployment;
}
