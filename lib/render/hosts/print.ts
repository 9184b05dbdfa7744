import { FormatError } from '../format-error';
import { headerComment } from '../header';
import { isAddress } from '../ip-address';
import { matching } from '../pattern';
import type { HostsFile } from './build';

const LOOPBACK = `127.0.0.1 localhost
::1 localhost ip6-localhost ip6-loopback
ff02::1 ip6-allnodes
ff02::2 ip6-allrouters
`;

/** The text of hosts(5). */
export function print(tree: HostsFile): string {
  const lines = tree.entries.map((entry) => `${address(entry.address)} ${entry.names.map(name).join(' ')}\n`);
  return `${headerComment(tree.source)}${LOOPBACK}${lines.join('')}`;
}

function address(value: string): string {
  if (isAddress(value)) return value;
  throw new FormatError({
    format: 'hosts',
    what: 'an address',
    problem: 'is no IP address',
    remedy: 'write it in numbers',
    value,
  });
}

function name(value: string): string {
  return matching({
    format: 'hosts',
    what: 'a name',
    value,
    pattern: /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/,
    problem: "is not of letters, digits, '_', '.' and '-' alone",
    remedy: 'give it another name',
  });
}
