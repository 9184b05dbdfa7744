import type { SourceLocation } from '../render/source';
import type { ConstructPath } from '../topology/units';

/** Where the facts of a topology stand in the files that it was read from. */
export class SourceMap {
  private readonly places = new Map<string, SourceLocation>();

  /** Notes the place of an entity, or of one of its properties; the first place counts. */
  add(path: ConstructPath, location: SourceLocation | undefined, property?: string): void {
    const key = keyOf(path, property);
    if (location && !this.places.has(key)) this.places.set(key, location);
  }

  /**
   * The place of a property, else of what it is part of (`startup.wfcTimeout`, `startup`), else of the entity or the
   * entity around it.
   */
  find(path: ConstructPath, property?: string): SourceLocation | undefined {
    for (let part = property; part !== undefined; part = beforeLast(part, '.')) {
      const place = this.places.get(keyOf(path, part));
      if (place) return place;
    }
    for (let entity: string | undefined = path; entity !== undefined; entity = beforeLast(entity, '/')) {
      const place = this.places.get(keyOf(entity));
      if (place) return place;
    }
    return undefined;
  }
}

const keyOf = (path: string, property = ''): string => `${path}\n${property}`;

function beforeLast(text: string, mark: string): string | undefined {
  const end = text.lastIndexOf(mark);
  return end < 0 ? undefined : text.slice(0, end);
}
