import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { InputFile, ReadInclude } from '../adopt/input';
import { readInput } from './files';
import { UserError } from './user-error';

/**
 * Finds what an `include` of drbd.conf names: a pattern relative to the file that includes it, with `*`, `?` and `[...]`
 * as glob(7) has them. What cannot be read counts as not there.
 */
export function includeReader(directory: string): ReadInclude {
  return (pattern, from) => {
    const full = path.isAbsolute(pattern) ? pattern : path.join(path.dirname(from), pattern);
    const found = expand(full, directory).flatMap((file): readonly InputFile[] => {
      try {
        return [readInput(file, directory)];
      } catch (error) {
        if (error instanceof UserError) return [];
        throw error;
      }
    });
    return found.length > 0 ? found : undefined;
  };
}

/** The files that a pattern names, sorted as glob(7) sorts them. */
function expand(pattern: string, directory: string): readonly string[] {
  const root = path.isAbsolute(pattern) ? '/' : '';
  let places = [root];
  for (const part of pattern.split('/').filter((word) => word !== '')) {
    places = places.flatMap((place) => {
      if (!/[*?[]/u.test(part)) return [path.join(place, part)];
      const matches = matcher(part);
      return entriesOf(path.resolve(directory, place))
        .filter((name) => matches.test(name) && (part.startsWith('.') || !name.startsWith('.')))
        .map((name) => path.join(place, name));
    });
  }
  return places;
}

function entriesOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
}

/** A part of a path with wildcards as a regular expression. */
function matcher(part: string): RegExp {
  const text = part.replace(
    /\[(!?)([^\]/]+)\]|[*?]|[^*?[]+|\[/gu,
    (piece, not: string | undefined, set: string | undefined) => {
      if (set !== undefined) return `[${not === '!' ? '^' : ''}${set.replace(/[\\\]^]/gu, '\\$&')}]`;
      if (piece === '*') return '[^/]*';
      if (piece === '?') return '[^/]';
      return piece.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
    },
  );
  try {
    return new RegExp(`^${text}$`, 'u');
  } catch {
    // A range that runs backwards matches nothing.
    return /(?!)/u;
  }
}
