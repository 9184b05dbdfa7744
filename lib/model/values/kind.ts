import { quoted } from './text';
import { ValueError } from './value-error';

/** A class, also one whose constructor is private. */
export interface ValueClass<T> {
  readonly name: string;
  readonly prototype: T;
}

/**
 * The value itself, when it is of a class. A stack whose types are stripped and not checked can give anything.
 * @throws ValueError `value/type`
 */
export function parseInstance<T>(value: T, type: ValueClass<T>): T {
  return parseOneOf<T>(value, [type]);
}

/**
 * The value itself, when it is of one of some classes.
 * @throws ValueError `value/type`
 */
export function parseOneOf<T>(value: T, types: readonly ValueClass<T>[]): T {
  const own: unknown = typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : undefined;
  // Another copy of this package has a class of the same name.
  const name = (own as { readonly constructor?: { readonly name?: string } } | null | undefined)?.constructor?.name;
  if (types.some((type) => own === type.prototype || name === type.name)) return value;
  const wanted = types.map((type) => `a ${type.name}`).join(' or ');
  throw new ValueError('value/type', `${wanted} is needed`, shown(value), `give ${wanted}`);
}

/**
 * One of some words.
 * @throws ValueError `value/choice`
 */
export function parseChoice<T extends string>(value: T, choices: readonly T[]): T {
  if (choices.includes(value)) return value;
  const words = choices.map((choice) => `'${choice}'`).join(', ');
  throw new ValueError('value/choice', 'the word is not one of those there are', shown(value), `give one of ${words}`);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? quoted(value) : String(value);
}
