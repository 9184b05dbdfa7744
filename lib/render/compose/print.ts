import { stringify } from 'yaml';
import type { ConstructPath } from '../../topology/units';
import { headerComment } from '../header';
import type { ComposeFile } from './build';

/** The text of a compose.yaml. */
export function printCompose(source: ConstructPath, file: ComposeFile): string {
  return headerComment(source) + stringify(escaped(file), { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Compose reads `$` in every value as the start of a variable. */
function escaped(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$');
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, escaped(one)]));
}
