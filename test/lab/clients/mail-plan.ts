import type { MailPairFacts } from '../../../lib/topology/mail';
import { lookup } from '../../../lib/topology/lookup';
import { mailGraph } from '../../../lib/topology/mail-graph';
import type { Topology } from '../../../lib/topology/topology';
import { LabError } from '../topology-lab/plan';
import type { ClientPlan, MailFacts } from './plan';

/** Where the mail of a pair goes: the place of its sink. */
export interface SinkPlace {
  readonly address: string;
  readonly port: number;
}

/** How many clients send, and where to. */
export interface MailClients {
  readonly senders: number;
  /** File of the sink. */
  readonly arrivals: string;
  /** The address of a load balancer. @default - both servers in turn (S3) */
  readonly through?: string;
}

/** Clients that send to a mail pair. */
export function planMailClients(
  topology: Topology,
  pair: MailPairFacts,
  { senders, arrivals, through }: MailClients,
): ClientPlan {
  const ofHosts = mailGraph(topology)
    .hostsOf(pair)
    .map((host) => lookup(topology).host(host).interfaces[0]?.address ?? '');
  const servers = through === undefined ? ofHosts : [through];
  return {
    clients: Array.from({ length: senders }, (_, index): MailFacts => ({
      kind: 'mail',
      name: `sender${index + 1}`,
      address: servers[index % servers.length] ?? '',
      servers: servers.map((_server, place) => servers[(place + index) % servers.length] ?? ''),
      port: 25,
      domain: pair.domains[0] ?? '',
      arrivals,
    })),
  };
}

/** The server that gets the message of a number: each in turn. */
export function serverOf({ servers }: MailFacts, number: number): string {
  return servers[number % servers.length] ?? '';
}

/** The address that the message of a number is sent to: it has one of its own. */
export function recipientOf({ name, domain }: MailFacts, run: string, number: number): string {
  return `${run}.${name}.${number}@${domain}`;
}

/**
 * The next hop to which the mail of a pair goes, which must be an address as the lab has no name server.
 * @throws LabError for any other
 */
export function sinkOf({ configuration, relayHost, domains }: MailPairFacts): SinkPlace {
  const transports = configuration.kind === 'table' ? configuration.transports : [];
  const hop = transports.find(({ domain }) => domain === domains[0])?.nextHop ?? relayHost ?? '';
  const [, address, port] = /^\[([0-9.]+)\](?::([0-9]+))?$/.exec(hop) ?? [];
  if (address === undefined) throw new LabError(`mail goes to '${hop}', and a lab has a sink at an address only`);
  return { address, port: Number(port ?? 25) };
}
