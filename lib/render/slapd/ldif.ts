/** A value of an LDIF attribute: text, or one with a secret, which the target puts in. */
export type LdifValue =
  | string
  /** The hash of the secret. */
  | { readonly hashedSecret: string }
  /** ASCII text with the secret itself in the middle. */
  | { readonly before: string; readonly secret: string; readonly after: string };

/** One attribute with one value. */
export interface LdifAttribute {
  readonly name: string;
  readonly value: LdifValue;
}

/** An entry, or the inclusion of another LDIF file (RFC 2849 has none, slapadd(8) does). */
export type LdifRecord =
  | {
      readonly kind: 'entry';
      readonly dn: string;
      readonly attributes: readonly LdifAttribute[];
      /** Lines after the attributes that slapadd(8) passes over. */
      readonly comments: readonly LdifValue[];
    }
  | { readonly kind: 'include'; readonly file: string };
