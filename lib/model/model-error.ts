import { ConstructError } from '../topology/message';
import type { ConstructPath } from '../topology/units';
import { ValueError } from './values/value-error';

/** A wrong value or a wrong use of a construct; thrown where it is given. */
export class ModelError extends ConstructError {
  override readonly name = 'ModelError';
}

/** Parses the value of a property; a wrong one throws a `ModelError` that names construct and property. */
export function given<T>(path: ConstructPath, property: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ValueError) {
      throw new ModelError(path, error.rule, `${property}: ${error.problem}`, error.value, error.remedy);
    }
    throw error;
  }
}
