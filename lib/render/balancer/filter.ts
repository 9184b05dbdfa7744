/** A search filter of RFC 4511, as far as health checks need it. */
export type Filter =
  | { readonly kind: 'and'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter }
  | { readonly kind: 'equal'; readonly attribute: string; readonly value: string }
  | { readonly kind: 'present'; readonly attribute: string };

/** The filter as text (RFC 4515). */
export function filterText(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
      return `(&${filter.filters.map(filterText).join('')})`;
    case 'not':
      return `(!${filterText(filter.filter)})`;
    case 'equal':
      return `(${filter.attribute}=${escaped(filter.value)})`;
    case 'present':
      return `(${filter.attribute}=*)`;
  }
}

const escaped = (value: string): string =>
  value.replace(/[\0()*\\]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
