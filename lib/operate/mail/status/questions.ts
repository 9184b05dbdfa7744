import { lookup } from '../../../topology/lookup';
import { mailGraph } from '../../../topology/mail-graph';
import type { HostFacts } from '../../../topology/site';
import type { Topology } from '../../../topology/topology';

/** Where a mail server greets. */
export interface GreetingQuestion {
  readonly server: string;
  readonly address: string;
  readonly port: number;
}

/** What a host is asked about mail servers. */
export interface MailQuestions {
  /** Servers whose queue the host may serve, at home or away, by name. */
  readonly queues: readonly string[];
  /** The servers of its pairs, as clients reach them from there: the peer hears one that hangs, too. */
  readonly greetings: readonly GreetingQuestion[];
}

/** Others hand mail over there (RFC 5321, section 4.5.4.2). */
const SMTP_PORT = 25;

/** What a host must be asked so that the mail servers of its pairs can be judged. */
export function mailQuestions(topology: Topology, host: Pick<HostFacts, 'id'>): MailQuestions {
  const graph = mailGraph(topology);
  const servers = topology.mailPairs
    .filter((pair) => graph.hostsOf(pair).includes(host.id))
    .flatMap((pair) => graph.serversOf(pair));
  return {
    // The programs of other software are not known.
    queues: servers.filter(({ software }) => software === 'postfix').map(({ name }) => name),
    greetings: servers.map((server) => ({
      server: server.name,
      address: serviceAddressOf(topology, lookup(topology).host(server.host)),
      port: SMTP_PORT,
    })),
  };
}

function serviceAddressOf(topology: Topology, { interfaces }: HostFacts): string {
  const { network } = lookup(topology);
  const chosen = interfaces.find((one) => network(one.network).purpose === 'service') ?? interfaces[0];
  return chosen?.address ?? '127.0.0.1';
}
