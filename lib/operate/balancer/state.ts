import { STATS_SOCKET } from '../../topology/balancer-names';
import type { SoftwareBalancer } from '../../topology/load-balancer';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { filledLines, sectionCommand } from '../status/sections';

/** What a host is asked about load balancers. */
export interface BalancerQuestions {
  /** Whether HAProxy is asked for its servers. */
  readonly haproxy: boolean;
  /** Whether the kernel is asked for those of LVS. */
  readonly lvs: boolean;
  readonly units: readonly string[];
}

/** A server behind a proxy, as HAProxy or LVS sees it. */
export interface ProxyServer {
  /** Name of the proxy: that of the balancer and its port. */
  readonly proxy: string;
  /** `BACKEND`: all of them together. */
  readonly server: string;
  /** For instance `UP`, `DOWN`, `UP 1/2` on its way down, `MAINT`. */
  readonly status: string;
  /** Result of the last check, for instance `L4TOUT`; empty without one. */
  readonly check: string;
  readonly sessions: number;
  /** Seconds since the status changed; LVS does not say. */
  readonly since?: number;
}

/** The units that a balancer is made of. */
export function unitsOf(software: SoftwareBalancer): readonly string[] {
  switch (software) {
    case 'haproxy':
      return ['haproxy.service', 'keepalived.service'];
    case 'lvs-keepalived':
      return ['keepalived.service'];
    case 'lvs-ldirectord':
      return ['keepalived.service', 'ldirectord.service'];
  }
}

/** What a host must be asked so that its load balancers can be judged. */
export function balancerQuestions(topology: Topology, { id }: Pick<HostFacts, 'id'>): BalancerQuestions {
  const software = topology.loadBalancers.flatMap(({ balancer }) =>
    balancer.kind === 'software' && balancer.hosts.includes(id) ? [balancer.software] : [],
  );
  return {
    haproxy: software.includes('haproxy'),
    lvs: software.some((one) => one !== 'haproxy'),
    units: software.flatMap(unitsOf),
  };
}

/** Seconds that HAProxy may take. */
const SECONDS = 3;

/** The lines of the script that looks at a host which are about load balancers. They only read. */
export function balancerProbe({ haproxy, lvs }: BalancerQuestions): readonly string[] {
  return [
    ...(haproxy
      ? [
          sectionCommand('haproxy'),
          `printf 'show stat\\n' | timeout ${SECONDS} socat -t ${SECONDS} - UNIX-CONNECT:${STATS_SOCKET}`,
        ]
      : []),
    ...(lvs ? [sectionCommand('lvs'), 'cat /proc/net/ip_vs'] : []),
  ];
}

/** Reads the CSV of `show stat`; undefined where HAProxy did not answer (HAProxy Management Guide, section 9.1). */
export function proxyServers(text: string | undefined): readonly ProxyServer[] | undefined {
  const [heading, ...rows] = filledLines(text).map(csvFields);
  if (heading?.[0] !== '# pxname') return undefined;
  return rows.flatMap((row) => {
    const field = (name: string): string => row[heading.indexOf(name)] ?? '';
    if (field('svname') === 'FRONTEND') return [];
    return [
      {
        proxy: row[0] ?? '',
        server: field('svname'),
        status: field('status'),
        check: field('check_status').replace(/^\* /, ''),
        sessions: Number(field('scur')),
        since: Number(field('lastchg')),
      },
    ];
  });
}

/** Fields of a line; those with a comma or a quote stand in quotes, which are doubled inside. */
function csvFields(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}
