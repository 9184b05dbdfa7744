import { byCodeUnits } from '../topology/order';
import type { EntityId } from '../topology/units';

/** The ids of entities, sorted. */
export function sortedIds(entities: readonly { readonly entityId: EntityId }[]): readonly EntityId[] {
  return entities.map((entity) => entity.entityId).sort(byCodeUnits);
}
