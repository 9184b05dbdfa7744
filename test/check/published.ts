import type { GroupMemberFacts } from '../../lib/topology/cluster';
import type { DrbdResourceFacts } from '../../lib/topology/drbd';
import type { ServiceFacts } from '../../lib/topology/service';
import type { HostFacts } from '../../lib/topology/site';
import { NO_DIRECTORIES, NO_MAIL, type Topology } from '../../lib/topology/topology';

const names = ['ox1', 'ox2'] as const;
const addresses = { ox1: '192.168.180.20', ox2: '192.168.180.10' } as const;

const host = (name: string): HostFacts => ({
  id: name,
  path: `published/${name}`,
  name,
  site: 'site',
  interfaces: [],
  disks: [],
  serialPorts: [],
  failureDomains: [],
  bootTime: 0,
  linkUpTime: 0,
  timeServers: [],
});

const resource = (number: number): DrbdResourceFacts => ({
  id: `r${number}`,
  path: `published/r${number}`,
  name: `r${number}`,
  version: '0.7',
  protocol: 'C',
  volumes: [
    {
      number: 0,
      minor: number,
      device: `/dev/drbd${number}`,
      disks: names.map((name) => ({
        host: name,
        disk: `/dev/sdb${number + 1}`,
        physicalDisk: '/dev/sdb',
        metaDisk: 'internal',
      })),
    },
  ],
  peers: names.map((name, nodeId) => ({ host: name, nodeId, address: addresses[name], port: 7788 + number })),
  inconDegrCmd: "echo '!DRBD! pri on incon-degr' | wall ; sleep 60 ; halt -f",
  startup: { ...(number === 0 ? {} : { wfcTimeout: 'infinite' }), degrWfcTimeout: 120_000, extraOptions: {} },
  disk: {
    onIoError: 'detach',
    resyncRate: 5 * 1024 ** 2,
    resyncGroup: 1,
    ...(number === 0 ? { alExtents: 257 } : {}),
    extraOptions: {},
  },
  net: { extraOptions: {} },
  handlers: [],
});

const identity = (id: string): { readonly id: string; readonly path: string } => ({ id, path: `published/${id}` });
const activation = (name: string): GroupMemberFacts => ({
  ...identity(`datadisk::${name}`),
  kind: 'activation',
  resource: name,
  script: 'datadisk',
});
const mount = (number: number, directory: string): GroupMemberFacts => ({
  ...identity(`Filesystem::${directory}`),
  kind: 'mount',
  source: { kind: 'drbd', resource: `r${number}`, volume: 0 },
  device: `/dev/drbd${number}`,
  directory,
  fileSystem: 'reiserfs',
});
const service = (name: string): GroupMemberFacts => ({ ...identity(`start ${name}`), kind: 'service', service: name });
const facts = (name: string): ServiceFacts => ({
  ...identity(name),
  name,
  unit: `${name}.service`,
  settings: { kind: 'generic' },
  state: [],
  ports: [],
  requires: [],
  enabledAtBoot: false,
});

/** What the three files printed in document 004 say (X22-X28), and nothing more. */
export const published: Topology = {
  format: 'tandem-topology',
  formatVersion: 1,
  origin: 'files',
  name: 'published',
  path: 'published',
  drbdVersion: '0.7',
  sites: [],
  failureDomains: [],
  networks: [],
  hosts: names.map(host),
  drbdResources: [0, 1, 2, 3].map(resource),
  sharedVolumes: [],
  fencingDevices: [],
  clusters: [
    {
      ...identity('cluster'),
      name: 'cluster',
      standby: 'cold',
      nodes: names,
      links: [{ kind: 'ucast', ends: [{ host: 'ox2', interface: 'eth1', address: '192.168.180.10' }] }],
      timing: {},
      udpPort: 694,
      autoFailback: 'off',
      fencingDelay: 0,
      startsAlone: true,
      fencing: [],
      dopd: false,
      groups: [
        {
          ...identity('group'),
          name: 'group',
          preferred: 'ox1',
          start: 'in-turn',
          members: [
            {
              ...identity('IPaddr::192.168.1.160'),
              kind: 'address',
              address: '192.168.1.160',
              interfaces: [],
              script: 'IPaddr',
            },
            ...[activation('r1'), mount(1, '/var/lib/ldap'), service('ldap'), service('saslauthd')],
            ...[activation('r0'), mount(0, '/var/lib/pgsql'), service('postgresql')],
            ...[activation('r2'), activation('r3'), mount(2, '/var/lib/imap'), mount(3, '/var/spool/imap')],
            ...[service('cyrus'), service('postfix'), service('openexchange')],
          ],
        },
      ],
      extraDirectives: [],
    },
  ],
  services: ['ldap', 'saslauthd', 'postgresql', 'cyrus', 'postfix', 'openexchange'].map(facts),
  backups: [],
  ...NO_DIRECTORIES,
  ...NO_MAIL,
  secrets: [],
  acknowledgements: [],
  extraOptions: [],
};
