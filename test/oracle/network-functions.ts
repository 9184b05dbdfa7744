import { pairsOf, partsOf, unescaped } from '../../lib/topology/distinguished-name';
import type { DirectoryServerFacts } from '../../lib/topology/replication';

/** Shell function of the networks of tests: waits for a command. */
export const WITHIN = `# SECONDS COMMAND...: until the command succeeds, or fails after so many seconds
within() {
  end=$(($(date +%s) + $1))
  shift
  until "$@"; do
    [ "$(date +%s)" -lt "$end" ] || return 1
    sleep 0.05
  done
}
`;

/**
 * Shell function of the networks of tests: joins a host to the bridge. One that starts again has the same network card, since
 * others remember for a minute where it was.
 */
export const CABLE = `# NAME ADDRESS PROCESS: eth0 in the network of the process
cable() {
  card=$(echo "$2" | awk -F. '{ printf "02:00:%02x:%02x:%02x:%02x", $1, $2, $3, $4 }')
  ip link add "v-$1" type veth peer name eth0 address "$card" netns "$3"
  ip link set "v-$1" master bridge up
}
`;

/** Shell functions of networks of directory servers: an authority in /mnt/ca.pem, and certificates in /mnt/NAME.crt. */
export const CERTIFICATES = `authority() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /mnt/ca.key -out /mnt/ca.pem -subj '/CN=authority' -days 2 2>/dev/null
}

# NAME HOST SUBJECT, in the form of openssl
certificate() {
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -utf8 -keyout "/mnt/$1.key" -out "/mnt/$1.csr" -subj "$3" 2>/dev/null
  printf 'subjectAltName=DNS:%s\\nextendedKeyUsage=serverAuth,clientAuth\\n' "$2" >"/mnt/$1.ext"
  openssl x509 -req -in "/mnt/$1.csr" -CA /mnt/ca.pem -CAkey /mnt/ca.key -CAcreateserial -extfile "/mnt/$1.ext" -out "/mnt/$1.crt" -days 2 2>/dev/null
}
`;

/** The subject of a server's certificate, as openssl takes it: the root first. */
export function subjectOf({ identity, certificate }: DirectoryServerFacts): string {
  return [...partsOf(certificate?.subject ?? identity)]
    .reverse()
    .flatMap((part) => pairsOf(part))
    .map(([attribute, value]) => `/${attribute.toUpperCase()}=${(unescaped(value) ?? '').replace(/[/+\\]/g, '\\$&')}`)
    .join('');
}
