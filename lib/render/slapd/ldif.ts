/** A value of an LDIF attribute: text, or the hash of a secret, which the target puts in. */
export type LdifValue = string | { readonly hashedSecret: string };

/** One attribute with one value. */
export interface LdifAttribute {
  readonly name: string;
  readonly value: LdifValue;
}

/** An entry, or the inclusion of another LDIF file (RFC 2849 has none, slapadd(8) does). */
export type LdifRecord =
  | { readonly kind: 'entry'; readonly dn: string; readonly attributes: readonly LdifAttribute[] }
  | { readonly kind: 'include'; readonly file: string };
