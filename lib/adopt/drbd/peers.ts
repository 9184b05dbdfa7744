import { textOf, type DrbdItem, type DrbdSection } from '../../render/drbd-conf/syntax';
import type { SourceLocation } from '../../render/source';
import { sectionsIn, settingsIn } from './settings';
import { endpoint, wholeNumber, type Endpoint } from './values';

/** A host section of a resource. */
export interface PeerDraft {
  /** Names that the section has; `floating` has none and is told apart by its address. */
  readonly names: readonly string[];
  readonly body: readonly DrbdItem[];
  readonly nodeId?: number;
  readonly endpoint?: Endpoint;
  /** Where the address stands. */
  readonly addressLocation?: SourceLocation;
  readonly location?: SourceLocation;
}

/** The hosts of a resource: sections `on` and `floating`, with the addresses that `connection` sections give. */
export function peersIn(resource: readonly DrbdItem[]): readonly PeerDraft[] {
  const connections = connectionEnds(resource);
  return sectionsIn(resource, 'on', 'floating').map((section): PeerDraft => {
    const settings = settingsIn(section.body);
    const names = section.arguments.map(textOf);
    const address = settings.get('address');
    const end = names.map((name) => connections.get(name)).find((found) => found !== undefined);
    const nodeId = settings.get('node-id');
    const floating = section.name === 'floating';
    return {
      names: floating ? [] : names,
      body: section.body,
      nodeId: nodeId && wholeNumber(nodeId.words.join('')),
      endpoint: floating ? endpoint(names) : address ? endpoint(address.words) : end?.endpoint,
      addressLocation: floating ? section.location : (address?.location ?? end?.location),
      location: section.location,
    };
  });
}

/** True for a resource that lies on other resources; it joins clusters, not nodes. */
export const isStacked = (resource: DrbdSection): boolean => sectionsIn(resource.body, 'stacked-on-top-of').length > 0;

interface ConnectionEnd {
  readonly endpoint: Endpoint;
  readonly location?: SourceLocation;
}

/** DRBD 9: `host NAME address ADDRESS:PORT` in `connection` or in its `path`; the first path of a host counts. */
function connectionEnds(resource: readonly DrbdItem[]): ReadonlyMap<string, ConnectionEnd> {
  const ends = new Map<string, ConnectionEnd>();
  for (const connection of sectionsIn(resource, 'connection'))
    for (const body of [...sectionsIn(connection.body, 'path').map((path) => path.body), connection.body])
      for (const item of body) {
        if (item.kind !== 'option' || item.name !== 'host') continue;
        const [name, ...rest] = item.values.map(textOf);
        const found = endpoint(rest.filter((word) => word !== 'address'));
        if (name !== undefined && found && !ends.has(name))
          ends.set(name, { endpoint: found, location: item.location });
      }
  return ends;
}
