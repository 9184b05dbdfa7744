import { FormatError } from '../format-error';
import { plainName } from '../pattern';
import type { ConstructPath } from '../../topology/units';
import { printScript } from '../shell/script';
import { filterText } from './filter';
import type { DatabaseSearch } from './question';

/**
 * The program by which LVS asks a directory server: beside the configuration of keepalived, which runs nothing as root that
 * lies where others may write.
 */
export const checkProgram = (balancer: { readonly name: string }, service: { readonly port: number }): string =>
  `/etc/keepalived/tandem-check-${plainName('keepalived.conf', 'the name of a load balancer', balancer.name)}-${service.port}`;

/**
 * Arguments: address and port of the server; ldirectord(8) puts those of the virtual server before them. Without a search
 * an answer to an anonymous bind is enough.
 */
export function checkScript(source: ConstructPath, timeout: number, search: DatabaseSearch | undefined): string {
  return printScript({
    source,
    variables: [
      ['bases', (search?.bases ?? ['']).map(line).join('\n')],
      ['filter', search ? filterText(search.filter) : ''],
      ['seconds', timeout],
    ],
    body: search ? SEARCH : BIND,
  });
}

function line(base: string): string {
  if (!base.includes('\n')) return base;
  throw new FormatError({
    format: 'shell',
    what: 'the name of a database',
    problem: 'has a line break',
    remedy: 'correct it',
    value: base,
  });
}

const COMMON = `shift $(($# - 2))
case $1 in
  *:*) url="ldap://[$1]:$2" ;;
  *) url="ldap://$1:$2" ;;
esac
`;

const BIND = `${COMMON}exec timeout "$seconds" ldapwhoami -x -H "$url" >/dev/null 2>&1
`;

const SEARCH = `${COMMON}found=$(
  printf '%s\\n' "$bases" | while read -r base; do
    timeout "$seconds" ldapsearch -LLL -x -o ldif-wrap=no -H "$url" -s base -b "$base" "$filter" 1.1 2>/dev/null || true
  done
)
case $found in
  'dn:'*) exit 0 ;;
esac
exit 1
`;
