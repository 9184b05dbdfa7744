import { Entity } from './entity';
import type { TopologyParts } from './topology-parts';

/** A place that can be lost as a whole (F7). */
export class Site extends Entity {
  /** @internal */
  contribute(parts: TopologyParts): void {
    parts.sites.push(this.identity);
  }
}
