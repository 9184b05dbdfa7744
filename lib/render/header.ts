import type { ConstructPath } from '../topology/units';

/** The comment line a rendered file starts with: it names the stack and construct that the file comes from. */
export function headerComment(path: ConstructPath, commentSign = '#'): string {
  return `${commentSign} Tandem: ${path}; changes belong into the stack\n`;
}
