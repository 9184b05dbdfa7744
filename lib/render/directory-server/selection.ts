import type { AttributeSelectionFacts } from '../../topology/replication';
import { sortedUnique } from '../../topology/order';
import { attributeName } from '../slapd/words';

/** What syncrepl needs of every entry besides the attributes that it asks for. */
const ALWAYS = ['entry', 'objectClass', 'structuralObjectClass', 'entryUUID', 'entryCSN', 'contextCSN'];

/**
 * What a name may read by which several agreements are kept: whatever one of them gives. Names of attributes are compared
 * as they are written.
 */
export function joined(selections: readonly AttributeSelectionFacts[]): AttributeSelectionFacts {
  return selections.reduce((one, other) => {
    if (one.kind === 'all' || other.kind === 'all') return { kind: 'all' };
    if (one.kind === 'include' && other.kind === 'include')
      return { kind: 'include', attributes: sortedUnique([...one.attributes, ...other.attributes]) };
    const [hiding, more] = one.kind === 'exclude' ? [one, other] : [other, one];
    const hidden = hiding.attributes.filter((name) => more.attributes.includes(name) === (more.kind === 'exclude'));
    return hidden.length === 0 ? { kind: 'all' } : { kind: 'exclude', attributes: hidden };
  });
}

/**
 * Rules of access that hide from a name what its agreements do not give (R21), whatever it asks for.
 * @param name in quotes
 * @param filters those of its agreements: an attribute in them is compared and not handed out
 */
export function hiddenFrom(
  name: string,
  selection: AttributeSelectionFacts,
  filters: readonly string[],
): readonly string[] {
  if (selection.kind === 'all') return [];
  const rule = (attributes: readonly string[], access: string): string =>
    `to attrs=${attributes.map(attributeName).join(',')} by dn.exact=${name} ${access} by * break`;
  if (selection.kind === 'exclude') return [rule(selection.attributes, 'none')];
  const shown = [...new Set([...ALWAYS, ...selection.attributes])];
  const compared = sortedUnique(filters.flatMap(attributesOf)).filter((one) => !shown.includes(one));
  return [
    rule(shown, 'read'),
    ...(compared.length === 0 ? [] : [rule(compared, 'search')]),
    `to * by dn.exact=${name} none by * break`,
  ];
}

/** The attributes that a filter of RFC 4515 compares, without their options. */
function attributesOf(filter: string): readonly string[] {
  return [...filter.matchAll(/\(([A-Za-z0-9][A-Za-z0-9.-]*)(?:;[A-Za-z0-9-]+)*(?::[^=()]*)?[~<>]?=/g)].flatMap(
    ([, name]) => name ?? [],
  );
}
