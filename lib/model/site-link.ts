import type { SiteLinkFacts } from '../topology/site';
import type { Deployment } from './deployment';
import { Entity } from './entity';
import type { Site } from './site';
import { sortedIds } from './sorted';
import type { TopologyParts } from './topology-parts';
import { DataRate } from './values/data-rate';
import { Duration } from './values/duration';

/** Properties of a `SiteLink`. */
export interface SiteLinkProps {
  /** The two sites that it connects. */
  readonly sites: readonly [Site, Site];
  /** What it carries, for instance 128 kbit/s. */
  readonly speed: DataRate;
  /** Time for a packet there and back (R23). */
  readonly roundTripTime: Duration;
}

/** A line between two sites. Where links are described, sites without a chain of them do not reach each other (R17). */
export class SiteLink extends Entity {
  /** @throws ModelError `site-link/sites`, `value/kind` */
  constructor(
    scope: Deployment,
    name: string,
    private readonly props: SiteLinkProps,
  ) {
    super(scope, name);
    this.instances(DataRate, { speed: props.speed });
    this.instances(Duration, { roundTripTime: props.roundTripTime });
    const [one, other] = props.sites;
    if (one === other)
      throw this.wrong('site-link/sites', 'sites: a link connects two sites', one.name, 'name two different ones');
  }

  /** @internal */
  facts(): SiteLinkFacts {
    const { sites, speed, roundTripTime } = this.props;
    return {
      ...this.identity,
      name: this.name,
      sites: sortedIds(sites),
      speed: speed.bitsPerSecond,
      roundTripTime: roundTripTime.inMilliseconds,
    };
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    parts.siteLinks.push(this.facts());
  }
}
