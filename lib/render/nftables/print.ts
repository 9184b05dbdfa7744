import { FormatError } from '../format-error';
import { headerComment } from '../header';
import { isAddress, isNetwork } from '../ip-address';
import { matching } from '../pattern';
import type { AcceptRule, Match, NftablesConfiguration } from './syntax';

/**
 * The text that `nft -f` reads. The table is declared before it is deleted, so that the file loads with and without an
 * older table, in one transaction, and tables of others stay as they are.
 */
export function print(tree: NftablesConfiguration): string {
  return `${headerComment(tree.source)}table inet tandem
delete table inet tandem

table inet tandem {
	chain input {
		type filter hook input priority filter; policy drop;
		ct state vmap { established : accept, related : accept, invalid : drop }
${tree.rules.map(rule).join('')}	}
}
`;
}

function rule({ matches, comment }: AcceptRule): string {
  return `\t\t${[...matches.map(match), 'accept', `comment "${comment}"`].join(' ')}\n`;
}

function match(of: Match): string {
  switch (of.kind) {
    case 'incoming-interface':
      return `iifname "${interfaceName(of.interface)}"`;
    case 'protocol':
      return `meta l4proto { ${of.protocols.join(', ')} }`;
    case 'source':
      return `${family(of.addresses[0] ?? '')} saddr { ${of.addresses.map(address).join(', ')} }`;
    case 'destination':
      return `${family(of.address)} daddr ${address(of.address)}`;
    case 'port':
      return `${of.protocol} dport { ${of.ports.join(', ')} }`;
  }
}

function family(of: string): 'ip' | 'ip6' {
  return of.includes(':') ? 'ip6' : 'ip';
}

/** nft(8) would look up anything else as a host name. */
function address(value: string): string {
  if (isAddress(value) || isNetwork(value)) return value;
  throw new FormatError({
    format: 'nftables',
    what: 'an address',
    problem: 'is no IP address or network',
    remedy: 'write it in numbers',
    value,
  });
}

function interfaceName(value: string): string {
  return matching({
    format: 'nftables',
    what: 'an interface',
    value,
    pattern: /^[A-Za-z0-9_.@-]+$/,
    problem: "is not of letters, digits and '_.@-' alone",
    remedy: 'name it as the kernel does',
  });
}
