import type { Decision } from '../topology/mail';
import type { Deployment } from './deployment';
import type { DirectoryServer } from './directory-server';
import type { DrbdResource } from './drbd-resource';
import { Entity } from './entity';
import type { Host } from './host';
import type { MailPair } from './mail-pair';
import type { SharedVolume } from './shared-volume';
import type { Site } from './site';
import { sortedIds } from './sorted';
import type { TopologyParts } from './topology-parts';
import { Duration } from './values/duration';

/** What fails over by itself and what by an operator (F16). */
export interface FailoverDecisions {
  /** New mail: senders go to the next MX by themselves. @default 'automatic' */
  readonly mail?: Decision;
  /** The master of the directory. @default 'operator' (F16) */
  readonly directory?: Decision;
  /** Queues of the primary site that have a copy here. @default 'operator' */
  readonly queues?: Decision;
}

/** Properties of a `DisasterRecoverySite`. */
export interface DisasterRecoverySiteProps {
  /** The site that goes on. */
  readonly site: Site;
  /** The site that may be lost. */
  readonly primary: Site;
  /** Mail pairs that live there. @default - none */
  readonly pairs?: readonly MailPair[];
  /** Directory servers that live there. @default - none */
  readonly directoryServers?: readonly DirectoryServer[];
  /** DRBD resources and shared volumes that have a copy there. @default - none */
  readonly volumes?: readonly (DrbdResource | SharedVolume)[];
  /** Hosts that answer for the DNS zones. @default - none is known, which rule `recovery/name-server` reports */
  readonly nameServers?: readonly Host[];
  /** Hosts that keep a copy of the secrets. @default - none is known, which rule `recovery/secrets` reports */
  readonly secretStores?: readonly Host[];
  /** @default - see `FailoverDecisions` */
  readonly failover?: FailoverDecisions;
  /** The longest time until what lies in queues of the primary site is delivered again. @default 24 hours */
  readonly promisedRecovery?: Duration;
}

/** A site that goes on when the primary one is lost (F7, S9). */
export class DisasterRecoverySite extends Entity {
  /** @throws ModelError `recovery/site`, `value/choice`, `value/type` */
  constructor(
    scope: Deployment,
    name: string,
    private readonly props: DisasterRecoverySiteProps,
  ) {
    super(scope, name);
    if (props.site === props.primary)
      throw this.wrong('recovery/site', 'site: it is the primary one', props.site.name, 'name another site');
    for (const decision of Object.values(props.failover ?? {}))
      this.choice('failover', decision as Decision | undefined, ['automatic', 'operator']);
    this.instances(Duration, { promisedRecovery: props.promisedRecovery });
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    const { props } = this;
    parts.disasterRecoverySites.push({
      ...this.identity,
      name: this.name,
      site: props.site.entityId,
      primary: props.primary.entityId,
      mailPairs: sortedIds(props.pairs ?? []),
      directoryServers: sortedIds(props.directoryServers ?? []),
      volumes: sortedIds(props.volumes ?? []),
      nameServers: sortedIds(props.nameServers ?? []),
      secretStores: sortedIds(props.secretStores ?? []),
      failover: {
        mail: props.failover?.mail ?? 'automatic',
        directory: props.failover?.directory ?? 'operator',
        queues: props.failover?.queues ?? 'operator',
      },
      promisedRecovery: (props.promisedRecovery ?? Duration.hours(24)).inMilliseconds,
    });
  }
}
