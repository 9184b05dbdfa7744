import type { MailExchangerFacts } from '../topology/dns';
import { by } from '../topology/order';
import type { Deployment } from './deployment';
import { DirectoryServer } from './directory-server';
import { Entity } from './entity';
import type { Host } from './host';
import { LoadBalancer } from './load-balancer';
import { MailFarm } from './mail-farm';
import { MailPair } from './mail-pair';
import { MailServer } from './mail-server';
import type { TopologyParts } from './topology-parts';
import { Duration } from './values/duration';
import { parseHostname } from './values/hostname';
import { parseOneOf } from './values/kind';
import { parseWholeNumber } from './values/number';
import { parsePattern } from './values/text';

/** Properties of a `DnsZone`. */
export interface DnsZoneProps {
  /** The domain, for instance `example.com`. */
  readonly origin: string;
  /** Hosts whose named(8) serves it, the primary first. Each gets the file. */
  readonly nameServers: readonly Host[];
  /**
   * Names, relative to the domain, that stand for several servers in turn: clients that know one name find another server
   * when one is lost (R29). A name for each site keeps clients local (R36).
   * @default - none
   */
  readonly roundRobin?: Readonly<Record<string, readonly (DirectoryServer | MailServer | LoadBalancer)[]>>;
  /**
   * Where the mail of the domain goes: senders try the first before the others (S9). Servers of a pair share it equally; of a
   * farm those on a disaster-recovery site come behind the others. A load balancer stands for the servers behind it.
   * @default - the zone says nothing of mail
   */
  readonly mail?: readonly (MailFarm | MailPair | LoadBalancer)[];
  /** How long an answer may be kept, from a second to a day. @default 5 minutes */
  readonly timeToLive?: Duration;
  /** Raise it with each change where secondaries fetch the zone. @default 1 */
  readonly serial?: number;
  /** Mailbox of who is responsible. @default - `hostmaster` in the domain */
  readonly contact?: string;
}

/** A zone file for named(8): names that stand for several servers, round robin (R29, R37), and where mail goes (S9). */
export class DnsZone extends Entity {
  /** @throws ModelError `value/hostname`, `value/number`, `value/mailbox`, `value/type`, `dns/name-servers`, `dns/name`, `dns/mail` */
  constructor(
    scope: Deployment,
    name: string,
    private readonly props: DnsZoneProps,
  ) {
    super(scope, name);
    this.given('origin', () => parseHostname(props.origin));
    if (props.nameServers.length === 0)
      throw this.wrong('dns/name-servers', 'nameServers: nobody serves the zone', props.origin, 'name a host');
    for (const [label, servers] of Object.entries(props.roundRobin ?? {})) {
      this.given('roundRobin', () => parseHostname(label));
      if (servers.length === 0)
        throw this.wrong('dns/name', 'roundRobin: a name stands for no server', label, 'name two servers or more');
      for (const one of servers)
        this.given('roundRobin', () => parseOneOf(one, [DirectoryServer, MailServer, LoadBalancer]));
    }
    for (const one of props.mail ?? []) this.given('mail', () => parseOneOf(one, [MailFarm, MailPair, LoadBalancer]));
    if (new Set(props.mail).size < (props.mail ?? []).length)
      throw this.wrong('dns/mail', 'mail: names one more than once', props.origin, 'name each once');
    this.instances(Duration, { timeToLive: props.timeToLive });
    this.optional('timeToLive', props.timeToLive?.inMilliseconds, (value) => parseWholeNumber(value, 1000, 86_400_000));
    this.optional('serial', props.serial, (value) => parseWholeNumber(value, 1, 2 ** 31 - 1));
    this.optional('contact', props.contact, (text) =>
      parsePattern(
        text,
        /^[A-Za-z0-9][A-Za-z0-9_-]*@[a-z0-9][a-z0-9.-]*[a-z0-9]$/,
        'value/mailbox',
        "a mailbox must be like 'hostmaster@example.com', without dots before the @",
      ),
    );
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    const { props } = this;
    parts.dnsZones.push({
      ...this.identity,
      origin: props.origin,
      nameServers: props.nameServers.map((host) => host.entityId),
      contact: props.contact ?? `hostmaster@${props.origin}`,
      serial: props.serial ?? 1,
      timeToLive: (props.timeToLive ?? Duration.minutes(5)).inMilliseconds,
      names: Object.entries(props.roundRobin ?? {})
        .map(([name, all]) => ({
          name,
          hosts: all.flatMap((one) => (one instanceof LoadBalancer ? [] : [one.host.entityId])),
          balancers: all.flatMap((one) => (one instanceof LoadBalancer ? [one.entityId] : [])),
        }))
        .sort(by(({ name }) => name)),
      mail: (props.mail ?? []).map((one) => ({ kind: kindOf(one), id: one.entityId })),
    });
  }
}

const kindOf = (one: MailFarm | MailPair | LoadBalancer): MailExchangerFacts['kind'] =>
  one instanceof MailFarm ? 'farm' : one instanceof MailPair ? 'pair' : 'balancer';
