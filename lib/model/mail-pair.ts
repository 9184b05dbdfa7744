import type { Decision } from '../topology/mail';
import { sortedUnique } from '../topology/order';
import { clusterFacts, type ClusterProps } from './cluster-facts';
import type { Deployment } from './deployment';
import { Entity } from './entity';
import type { FencingDevice } from './fencing-device';
import { linkFacts, type Link } from './link';
import { queueGroups } from './mail-pair-cluster';
import type { MailServer } from './mail-server';
import { parseMailWorkload, type MailWorkload } from './mail-workload';
import type { Network } from './network';
import type { ResourceGroup } from './resource-group';
import { sortedIds } from './sorted';
import type { TopologyParts } from './topology-parts';
import { Duration } from './values/duration';
import { parseMailDomain, parseNextHop } from './values/mail-address';
import { MailConfiguration } from './values/mail-configuration';

/** Properties of a `MailPair`. */
export interface MailPairProps {
  /** The two servers, both of which work (S1, S3). */
  readonly servers: readonly [MailServer, MailServer];
  /** Domains whose mail they take. */
  readonly domains: readonly string[];
  /** @default MailConfiguration.table() */
  readonly configuration?: MailConfiguration;
  /** Networks whose clients may send anywhere. @default - none */
  readonly trustedNetworks?: readonly Network[];
  /** Where mail goes that no table sends elsewhere, for instance `[relay.example.com]:25`. @default - to the MX of its domain */
  readonly relayHost?: string;
  /** Paths for heartbeats (S3): networks, or `ucast()`, `serial()`. Two that fail apart are needed (X20). */
  readonly links: readonly Link[];
  /** Silence after which a server counts as dead. @default 10 seconds */
  readonly deadtime?: Duration;
  /** Devices that reset a server before its queue is taken over (X4). @default - none, which rule `mail/fencing` refuses */
  readonly fencing?: readonly FencingDevice[];
  /**
   * Who decides that a server is lost and its queue is taken over. Queues on DRBD, SAN or NFS are taken over by Heartbeat, which
   * asks nobody (rule `mail/operator-takeover`).
   * @default 'automatic'
   */
  readonly takeover?: Decision;
  /**
   * Whether the owner is fenced before its queue is mounted. Without it only the lock in the queue keeps two writers apart, and
   * it does so where both run on one kernel.
   * @default true
   */
  readonly fenceFirst?: boolean;
  /** Mail that the pair is expected to carry. @default - unknown */
  readonly workload?: MailWorkload;
  /** The longest time until the queue of a lost server is delivered again. @default 4 hours */
  readonly promisedRecovery?: Duration;
}

/** Two mail servers that both work, of which each takes over the queue of the other one (S3, S4). */
export class MailPair extends Entity {
  readonly servers: readonly MailServer[];
  private readonly configuration: MailConfiguration;
  private readonly groups: readonly ResourceGroup[];

  /**
   * @throws ModelError `mail/servers`, `mail/hostname`, `mail/domains`, `value/mail-domain`, `postfix/relay-host`,
   * `value/choice`, `value/number`, and what `MailConfiguration` refuses
   */
  constructor(
    scope: Deployment,
    name: string,
    private readonly props: MailPairProps,
  ) {
    super(scope, name);
    this.servers = props.servers;
    this.configuration = props.configuration ?? MailConfiguration.table();
    const [one, other, ...more] = this.servers;
    if (!one || !other || one === other || more.length > 0)
      throw this.wrong(
        'mail/servers',
        'servers: a pair has two different servers',
        this.servers.map((server) => server.name).join(', '),
        'name two; more make a MailFarm of pairs',
      );
    if (one.hostname === other.hostname)
      throw this.wrong('mail/hostname', 'servers: both greet by one name', one.hostname, 'give each its own hostname');
    if (props.domains.length === 0)
      throw this.wrong('mail/domains', 'domains: the pair takes mail for nobody', name, 'name a domain');
    props.domains.forEach((domain) => this.given('domains', () => parseMailDomain(domain)));
    this.optional('relayHost', props.relayHost, parseNextHop);
    this.choice('takeover', props.takeover, ['automatic', 'operator']);
    this.instances(MailConfiguration, { configuration: props.configuration });
    this.given('configuration', this.configuration.facts);
    this.instances(Duration, { deadtime: props.deadtime, promisedRecovery: props.promisedRecovery });
    this.optional('workload', props.workload, parseMailWorkload);
    this.groups = queueGroups(this, this.servers);
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    const { props, configuration } = this;
    const { workload } = props;
    if (configuration.password)
      parts.secret(configuration.password, 'password by which mail servers read a directory', this.node.path);
    parts.mailPairs.push({
      ...this.identity,
      name: this.name,
      servers: this.servers.map((server) => server.entityId),
      domains: sortedUnique(props.domains),
      configuration: configuration.facts(),
      trustedNetworks: sortedUnique((props.trustedNetworks ?? []).map(({ cidr }) => cidr)),
      relayHost: props.relayHost,
      links: props.links.map((link) =>
        linkFacts(
          link,
          this.servers.map(({ host }) => host),
        ),
      ),
      deadtime: (props.deadtime ?? Duration.seconds(10)).inMilliseconds,
      fencing: sortedIds(props.fencing ?? []),
      takeover: { decision: props.takeover ?? 'automatic', fenceFirst: props.fenceFirst ?? true },
      ...(workload ? { workload: parseMailWorkload(workload) } : {}),
      promisedRecovery: (props.promisedRecovery ?? Duration.hours(4)).inMilliseconds,
    });
    if (this.groups.length > 0) parts.clusters.push(clusterFacts(parts, this, this.clusterProps(), this.groups));
  }

  /** Its hosts under Heartbeat: both work, each at home to the queue of its own server. */
  private clusterProps(): ClusterProps {
    const { links, deadtime, fencing } = this.props;
    return { hosts: this.servers.map(({ host }) => host), links, fencing, timing: { deadtime }, standby: 'hot' };
  }
}
