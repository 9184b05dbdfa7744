import { parsePattern } from './text';

/**
 * The first two numbers of a version, for instance `2.5`.
 * @throws ValueError `value/version`
 */
export function parseVersion(text: string): string {
  return parsePattern(
    text,
    /^(?:0|[1-9][0-9]{0,3})\.(?:0|[1-9][0-9]{0,3})$/,
    'value/version',
    'a version must be two numbers with a dot between, without leading zeros',
  );
}
