import type { MailPairFacts, MailServerFacts } from '../../../../lib/topology/mail';
import type { BalancedServiceFacts, LoadBalancerFacts } from '../../../../lib/topology/load-balancer';
import { pairOfCluster } from '../../../../lib/topology/mail-cluster';
import { mailGraph } from '../../../../lib/topology/mail-graph';
import { lookup } from '../../../../lib/topology/lookup';
import type { Lab } from '../../lab';
import { LabError } from '../../topology-lab/plan';
import type { Pair } from '../pair';

/** A mail server of a lab, and where it is at home. */
export interface PlacedMailServer {
  readonly facts: MailServerFacts;
  readonly node: string;
  /** The address at which it takes mail. */
  readonly address: string;
  /** The service that is its Postfix. */
  readonly service: string;
}

/** The mail pair of a lab, and the cluster that it is. */
export class MailLab {
  readonly mailPair: MailPairFacts;
  readonly servers: readonly PlacedMailServer[];

  /** @throws LabError for a deployment whose first cluster is no mail pair */
  constructor(readonly pair: Pair) {
    const { topology, cluster } = pair;
    const mailPair = pairOfCluster(topology, cluster);
    if (!mailPair) throw new LabError(`cluster '${cluster.name}' is no mail pair`);
    this.mailPair = mailPair;
    this.servers = mailGraph(topology)
      .serversOf(mailPair)
      .map((facts) => {
        const host = lookup(topology).host(facts.host);
        const service = topology.services.find(
          ({ settings }) => settings.kind === 'mail-server' && settings.server === facts.id,
        );
        return { facts, node: host.name, address: host.interfaces[0]?.address ?? '', service: service?.id ?? '' };
      });
  }

  /** The load balancers in software of the pair, each with its service. */
  get fronts(): readonly { readonly balancer: LoadBalancerFacts; readonly service: BalancedServiceFacts }[] {
    return this.pair.topology.loadBalancers.flatMap((balancer) => {
      const service = balancer.services.find((one) => one.kind === 'mail' && one.pairs.includes(this.mailPair.id));
      return service && balancer.balancer.kind === 'software' ? [{ balancer, service }] : [];
    });
  }

  /** The first of them. @throws LabError where there is none */
  get front(): (typeof this.fronts)[number] {
    const [first] = this.fronts;
    if (first) return first;
    throw new LabError(`mail pair '${this.mailPair.name}' has no load balancer in software`);
  }

  get lab(): Lab {
    return this.pair.lab;
  }

  /** The two servers: the first one, and that which takes over from it. */
  get both(): readonly [PlacedMailServer, PlacedMailServer] {
    const [first, second] = this.servers;
    if (!first || !second) throw new LabError('a mail pair has two servers');
    return [first, second];
  }

  /** Lets a node try everything in a queue again, as an operator does. */
  async flush(node: string, { name }: Pick<MailServerFacts, 'name'>): Promise<void> {
    await this.lab.sshMust(node, `postqueue -c /etc/postfix-${name} -f`, { timeout: 60 });
  }
}
