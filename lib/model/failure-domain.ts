import type { FailureDomainKind } from '../topology/site';
import { Entity } from './entity';
import type { TopologyParts } from './topology-parts';
import type { Site } from './site';

/** Something that takes down everything attached to it when it fails. */
export abstract class FailureDomain extends Entity {
  protected abstract readonly kind: FailureDomainKind;

  constructor(
    readonly site: Site,
    name: string,
  ) {
    super(site, name);
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    parts.failureDomains.push({ ...this.identity, kind: this.kind, site: this.site.entityId });
  }
}

/** An independent supply of power. A fencing device needs one that the node it fences does not share. */
export class PowerFeed extends FailureDomain {
  protected readonly kind = 'power-feed';
}

/** A rack. */
export class Rack extends FailureDomain {
  protected readonly kind = 'rack';
}

/** A network switch. Two networks on one switch are one heartbeat path, not two. */
export class Switch extends FailureDomain {
  protected readonly kind = 'switch';
}

/** A machine that carries virtual machines. */
export class Hypervisor extends FailureDomain {
  protected readonly kind = 'hypervisor';
}
