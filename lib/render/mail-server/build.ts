import type { MailPairFacts, MailServerFacts } from '../../topology/mail';
import { lookup } from '../../topology/lookup';
import { mailGraph } from '../../topology/mail-graph';
import { oncePerTopology } from '../../topology/once-per-topology';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { refuse } from '../postfix/words';

/** A Postfix instance of a host. */
export interface MailInstance {
  readonly server: MailServerFacts;
  /** On its own host, where it takes mail; away it delivers what lies in its queue. */
  readonly home: boolean;
}

/** The instances of a host that is one of a pair's. */
export interface MailHost {
  readonly pair: MailPairFacts;
  /** That of the host itself first. */
  readonly instances: readonly [own: MailInstance, away: MailInstance];
}

/** The instances of a host; undefined where it has no server of a pair with Postfix. */
export const mailHost = oncePerTopology((topology, host: EntityId): MailHost | undefined => {
  const graph = mailGraph(topology);
  for (const pair of topology.mailPairs) {
    const servers = graph.serversOf(pair);
    const own = servers.find((server) => server.host === host && server.software === 'postfix');
    const away = servers.find((server) => server !== own && server.software === 'postfix');
    if (own && away)
      return {
        pair,
        instances: [
          { server: own, home: true },
          { server: away, home: false },
        ],
      };
  }
  return undefined;
});

/** An address of the host of a server, by which the host's own programs reach it. @throws FormatError for a host without one */
export function ownAddress(topology: Topology, { host }: MailServerFacts): string {
  const { name, interfaces } = lookup(topology).host(host);
  const address = interfaces[0]?.address;
  return address ?? refuse('main.cf', 'the host of a mail server', 'has no address', name);
}
