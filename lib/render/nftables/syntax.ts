import type { ConstructPath } from '../../topology/units';

/** What a packet must be for a rule to take it. */
export type Match =
  | { readonly kind: 'incoming-interface'; readonly interface: string }
  | { readonly kind: 'protocol'; readonly protocols: readonly string[] }
  | { readonly kind: 'source'; readonly addresses: readonly string[] }
  /** One address, or one network as CIDR. */
  | { readonly kind: 'destination'; readonly address: string }
  | { readonly kind: 'port'; readonly protocol: 'tcp' | 'udp'; readonly ports: readonly number[] };

/** A rule that accepts a packet for which all its matches hold. */
export interface AcceptRule {
  readonly matches: readonly Match[];
  /** What it is for, in words of this library: never text of a user. */
  readonly comment: string;
}

/** The file `/etc/nftables.conf`: one table of our own with one chain, which drops what no rule accepts. */
export interface NftablesConfiguration {
  readonly source: ConstructPath;
  readonly rules: readonly AcceptRule[];
}
