import { balancedMembers } from '../../../lib/topology/balanced-members';
import { assess, type StatusReport } from '../../../lib/operate/status/assess';
import type { HostLook } from '../../../lib/operate/status/facts';
import { parseNodeState } from '../../../lib/operate/status/parse/node-state';
import { questionsFor } from '../../../lib/operate/status/questions';
import { readSections, sectionLine } from '../../../lib/operate/status/sections';
import { mailGraph } from '../../../lib/topology/mail-graph';
import type { HostFacts } from '../../../lib/topology/site';
import type { Topology } from '../../../lib/topology/topology';
import { mail } from '../../support/mail';

/** Two pairs over two sites, with a directory and load balancers; each pair is a cluster with its queues on DRBD. */
export const onHosts: Topology = mail();

/** The same in containers: the queues of each pair on volumes of one engine. */
export const topology: Topology = {
  ...onHosts,
  clusters: [],
  services: [],
  drbdResources: [],
  sharedVolumes: onHosts.mailServers.map(({ id, host }) => ({
    ...{ id: `volume-${id}`, path: `mail/volume-${id}`, name: `volume-${id}`, kind: 'docker' as const, source: id },
    ...{ hosts: [host], failureDomains: [] },
  })),
  mailServers: onHosts.mailServers.map((server) => ({
    ...server,
    queue: { ...server.queue, storage: { kind: 'shared' as const, volume: `volume-${server.id}`, fileSystem: 'none' } },
  })),
};

/** The clock of all hosts, as Unix time. */
export const NOW = 1_795_377_600;

/** What a host says of a mail server; a word alone is a queue with nothing in it. */
export type Queue = 'running' | 'stopped' | 'held' | Readonly<Record<string, string | number>>;

/** What one host is like where it is not as it should be. */
export interface HostProps {
  readonly reached?: false;
  /** Queue by the name of its server. */
  readonly queues?: Readonly<Record<string, Queue>>;
  /** Servers that it hears greet. */
  readonly hears?: readonly string[];
  /** Lines of the watcher. */
  readonly watch?: readonly string[];
  readonly addresses?: readonly string[];
  readonly units?: Readonly<Record<string, string>>;
  /** What HAProxy prints; undefined: nothing. */
  readonly haproxy?: string;
  /** What the kernel says of LVS; undefined: all servers get connections. */
  readonly lvs?: string;
}

const EMPTY = { active: 0, incoming: 0, deferred: 0, hold: 0, maildrop: 0, size: 0 };

/** What the queue program prints. */
export function shown(server: string, queue: Queue): string {
  const keys = typeof queue === 'string' ? { state: queue, ...(queue === 'stopped' ? {} : EMPTY) } : queue;
  const lines = Object.entries({ server, ...keys }).map(([key, value]) => `${key}: ${value}\n`);
  return lines.join('');
}

/** All hosts: each server runs at home and greets, the first balancer of each site has the address. */
export function looks(different: Readonly<Record<string, HostProps>> = {}, of = topology): readonly HostLook[] {
  return of.hosts.map((host): HostLook => {
    const look = { host: host.id, name: host.name };
    const props = different[host.name] ?? {};
    if (props.reached === false) return { ...look, reached: false, reason: `${host.name} is not reached` };
    const sections = readSections(printed(of, host, props));
    const moment = { asked: NOW - 0.05, answered: NOW + 0.05 };
    return { ...look, reached: true, state: parseNodeState(of, host, questionsFor(of, host), sections, moment) };
  });
}

/** What `tandem status` makes of it. */
export const judged = (different: Readonly<Record<string, HostProps>> = {}, of = topology): StatusReport =>
  assess(of, looks(different, of), new Date(NOW * 1000));

/** What is found on mail and load balancers. */
export const ids = ({ findings }: StatusReport): readonly string[] =>
  findings
    .filter(({ id }) => /^(mail|balancer)\//.test(id))
    .map(({ severity, id, hosts }) => `${severity} ${id} ${hosts.join()}`.trim());

/** What the probe prints on a host. */
export function printed(of: Topology, host: HostFacts, props: HostProps = {}): string {
  const questions = questionsFor(of, host);
  const section = (name: string, text: string): string => `${sectionLine(name)}\n${text}`;
  const own = new Set(of.mailServers.filter((server) => server.host === host.id).map(({ name }) => name));
  const balancers = of.loadBalancers.filter(
    ({ balancer }) => balancer.kind === 'software' && balancer.hosts.includes(host.id),
  );
  const first = balancers.filter(({ balancer }) => balancer.kind === 'software' && balancer.hosts[0] === host.id);
  const { hears = questions.mail.greetings.map(({ server }) => server), watch = [] } = props;
  const addresses = props.addresses ?? first.map(({ address }) => address.address);
  return [
    section('clock', `${NOW}.000000000\n`),
    section('proc', `/proc/sys/kernel/hostname:${host.name}\n/proc/uptime:1000.0 1.0\n`),
    section('addresses', addresses.map((address) => `2: eth0    inet ${address}/24 scope global eth0\n`).join('')),
    section('units', questions.units.map((unit) => `${props.units?.[unit] ?? 'active'}\n`).join('')),
    ...questions.mail.queues.map((name) =>
      section(`mail-queue ${name}`, shown(name, props.queues?.[name] ?? (own.has(name) ? 'running' : 'stopped'))),
    ),
    section('mail-greetings', hears.map((name) => `${name} 220\n`).join('')),
    section('mail-watch', watch.map((line) => `${line}\n`).join('')),
    section(
      'haproxy',
      'haproxy' in props ? (props.haproxy ?? '') : balancers.map((one) => stat(of, one.name)).join(''),
    ),
    section('lvs', props.lvs ?? balancers.map((one) => virtualServersText(of, one.name)).join('')),
    section('end', ''),
  ].join('');
}

/** `/proc/net/ip_vs` of a balancer: all servers get connections, but those that are named are not there or have no weight. */
export function virtualServersText(
  of: Topology,
  name: string,
  different: Readonly<Record<string, 'gone' | 'no weight'>> = {},
): string {
  const place = (address: string, port: number): string =>
    [
      ...address.split('.').map((byte) => Number(byte).toString(16).padStart(2, '0')),
      ':',
      port.toString(16).padStart(4, '0'),
    ]
      .join('')
      .toUpperCase();
  const balancer = of.loadBalancers.find((one) => one.name === name);
  const lines = (balancer?.services ?? []).flatMap((service) => [
    `TCP  ${place(balancer?.address.address ?? '', service.port)} rr  `,
    ...balancedMembers(of, balancer!, service)
      .filter((member) => different[member.name] !== 'gone')
      .map(({ name: server, address, port }) => {
        const weight = different[server] === 'no weight' ? 0 : 1;
        return `  -> ${place(address, port)}      Route   ${weight}      2          35        `;
      }),
  ]);
  const heading = [
    'IP Virtual Server version 1.2.1 (size=4096)',
    'Prot LocalAddress:Port Scheduler Flags',
    '  -> RemoteAddress:Port Forward Weight ActiveConn InActConn',
  ];
  return `${[...heading, ...lines].join('\n')}\n`;
}

const HEADING = '# pxname,svname,scur,status,lastchg,check_status,last_chk';

/** What HAProxy says of the servers of a balancer: all are up but those that are named, on all ports or as `PORT/NAME`. */
export function stat(of: Topology, name: string, down: readonly string[] = []): string {
  const balancer = of.loadBalancers.find((one) => one.name === name);
  const graph = mailGraph(of);
  const rows = (balancer?.services ?? []).flatMap((service) => {
    const servers =
      service.kind === 'mail'
        ? service.pairs.flatMap((pair) => graph.serversOf(graph.pair(pair)).map((server) => server.name))
        : of.directoryServers.map((server) => server.name);
    const proxy = `${name}-${service.port}`;
    const lost = servers.filter((server) => down.includes(server) || down.includes(`${service.port}/${server}`));
    const lines = servers.map((server) =>
      lost.includes(server)
        ? `${proxy},${server},0,DOWN,90,L4TOUT,"a ""late"", one"`
        : `${proxy},${server},3,UP,900,L7OK,`,
    );
    const left = lost.length < servers.length ? 'UP' : 'DOWN';
    return [`${proxy},FRONTEND,3,OPEN,,,`, ...lines, `${proxy},BACKEND,6,${left},900,,`];
  });
  return `${[HEADING, ...rows].join('\n')}\n\n`;
}
