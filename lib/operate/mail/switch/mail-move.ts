import { lookup } from '../../../topology/lookup';
import type { MailServerFacts } from '../../../topology/mail';
import { mailGraph } from '../../../topology/mail-graph';
import type { HostFacts } from '../../../topology/site';
import type { Topology } from '../../../topology/topology';
import { RefusedError } from '../../pair/operation';
import { groupOfQueue } from '../hand-over-command';

/** What a switch of a queue is asked for. */
export interface MailSwitchRequest {
  /** Name of the mail server whose queue it is. */
  readonly server: string;
  /** Name of the host that shall serve it: its own, or that of its peer. */
  readonly to: string;
  /** Seconds in which it has to run there. @default 60 */
  readonly timeout?: number;
}

/** Seconds in which an instance has to start: a queue of 20,000 messages is looked through before. */
export const STARTING = 60;

/** Who serves a queue, and who shall. */
export interface MailMove {
  readonly server: MailServerFacts;
  readonly to: HostFacts;
  readonly from: HostFacts;
  readonly home: HostFacts;
}

/**
 * The hosts between which a queue moves.
 * @throws RefusedError where it does not move, or where a cluster moves it
 */
export function mailMoveOf(topology: Topology, { server: name, to: wanted }: MailSwitchRequest): MailMove {
  const refused = (reason: string): RefusedError => new RefusedError('nothing was changed', [reason]);
  const server = topology.mailServers.find((one) => one.name === name);
  if (!server)
    throw refused(
      `there is no mail server '${name}'; there are ${topology.mailServers.map((one) => one.name).join(', ')}`,
    );
  const graph = mailGraph(topology);
  const pair = topology.mailPairs.find(({ servers }) => servers.includes(server.id));
  const hosts = pair ? graph.hostsOf(pair).map((id) => lookup(topology).host(id)) : [];
  const to = hosts.find((host) => host.name === wanted);
  const from = hosts.find((host) => host.name !== wanted);
  if (!pair || !to || !from)
    throw refused(
      hosts.length === 0
        ? `${name} is in no pair: nobody else reaches its queue`
        : `'${wanted}' is no host of pair ${pair?.name}; its hosts are ${hosts.map((host) => host.name).join(', ')}`,
    );
  if (server.software !== 'postfix') throw refused(`${name} is ${server.software}, which is set up and moved by hand`);
  if (server.queue.storage.kind === 'local')
    throw refused(`the queue of ${name} lies on its own disk, which no other host reaches`);
  const group = groupOfQueue(topology, server);
  if (group)
    throw refused(
      `Heartbeat moves the queue of ${name}, with what it lies on: tandem switch ${topology.name} --to ${wanted} --group ${group.name}`,
    );
  return { server, to, from, home: lookup(topology).host(server.host) };
}
