import type { SiteLinkFacts } from './site';
import type { BitsPerSecond, Bytes, EntityId, Milliseconds } from './units';

/** A way from one site to another. */
export interface SitePath {
  /** The sites on the way, both ends included. */
  readonly sites: readonly EntityId[];
  readonly links: readonly SiteLinkFacts[];
  /** Time that an update takes over all lines, one after the other. */
  readonly time: Milliseconds;
  /** Speed of the slowest line; absent on one site. */
  readonly speed?: BitsPerSecond;
  /** Round trip over all lines. */
  readonly roundTripTime: Milliseconds;
}

/**
 * The quickest way of updates from site to site (R17): over good lines and a hub rather than over one bad line.
 * Undefined when no lines lead there.
 * @param update bytes that are sent at once @default 1 MB
 */
export function bestPath(
  siteLinks: readonly SiteLinkFacts[],
  from: EntityId,
  to: EntityId,
  update: Bytes = 1_000_000,
): SitePath | undefined {
  const best = new Map<EntityId, SitePath>([[from, { sites: [from], links: [], time: 0, roundTripTime: 0 }]]);
  const open = new Set([from]);
  for (const at of open) {
    open.delete(at);
    const here = best.get(at);
    if (!here) continue;
    for (const link of siteLinks.filter(({ sites }) => sites.includes(at))) {
      const next = link.sites.find((site) => site !== at) ?? at;
      const time = here.time + (update * 8 * 1000) / link.speed + link.roundTripTime / 2;
      // Of two ways that take as long the first one stays: links are sorted.
      if (time >= (best.get(next)?.time ?? Infinity)) continue;
      best.set(next, {
        sites: [...here.sites, next],
        links: [...here.links, link],
        time,
        speed: Math.min(here.speed ?? Infinity, link.speed),
        roundTripTime: here.roundTripTime + link.roundTripTime,
      });
      open.add(next);
    }
  }
  return best.get(to);
}
