import type { DnsZoneFacts, MailExchangerFacts } from './dns';
import type { LoadBalancerFacts } from './load-balancer';
import { byId } from './lookup';
import type { MailPairFacts, MailServerFacts } from './mail';
import { mailGraph } from './mail-graph';
import type { Topology } from './topology';
import type { EntityId } from './units';

/** Between the preferences of one step and the next. */
const STEP = 10;

/** One MX of a domain (RFC 5321, section 5.1): senders try those of the lowest preference first, of equal ones any. */
export interface MailExchanger {
  readonly preference: number;
  /** On the site that goes on when the primary one is lost. */
  readonly recovery: boolean;
  readonly target:
    | { readonly kind: 'server'; readonly server: MailServerFacts }
    | { readonly kind: 'balancer'; readonly balancer: LoadBalancerFacts };
}

/** The MX of a zone's domain, in the order in which senders try them. */
export function mailExchangers(topology: Topology, { mail }: Pick<DnsZoneFacts, 'mail'>): readonly MailExchanger[] {
  return mail
    .flatMap((one) => stepsOf(topology, one))
    .filter(({ targets }) => targets.length > 0)
    .flatMap(({ recovery, targets }, index) =>
      targets.map((target) => ({ preference: (index + 1) * STEP, recovery, target })),
    );
}

/** The pairs that take the mail of a zone's domain, also behind a load balancer. */
export function exchangedPairs(topology: Topology, { mail }: Pick<DnsZoneFacts, 'mail'>): readonly MailPairFacts[] {
  const graph = mailGraph(topology);
  const ids = mail.flatMap(({ kind, id }) => {
    if (kind === 'pair') return [id];
    if (kind === 'farm') return farm(topology, id).pairs;
    return balancer(topology, id).services.flatMap((service) => (service.kind === 'mail' ? service.pairs : []));
  });
  return [...new Set(ids)].map(graph.pair);
}

interface Step {
  readonly recovery: boolean;
  readonly targets: readonly MailExchanger['target'][];
}

function stepsOf(topology: Topology, { kind, id }: MailExchangerFacts): readonly Step[] {
  const graph = mailGraph(topology);
  const isRecovery = (sites: readonly EntityId[]): boolean =>
    topology.disasterRecoverySites.some(({ site }) => sites.every((one) => one === site));
  if (kind === 'balancer') {
    const found = balancer(topology, id);
    return [{ recovery: isRecovery(graph.sitesOfBalancer(found)), targets: [{ kind, balancer: found }] }];
  }
  const pairs = kind === 'pair' ? [graph.pair(id)] : graph.pairsOf(farm(topology, id));
  return [false, true].map((recovery) => ({
    recovery,
    targets: pairs
      .filter((pair) => isRecovery(graph.sitesOf(pair)) === recovery)
      .flatMap(graph.serversOf)
      .map((server) => ({ kind: 'server', server }) as const),
  }));
}

const balancer = (topology: Topology, id: EntityId): LoadBalancerFacts =>
  byId('load balancer', topology.loadBalancers)(id);

const farm = (topology: Topology, id: EntityId): Topology['mailFarms'][number] =>
  byId('mail farm', topology.mailFarms)(id);
