import path from 'node:path';
import { directoryOutcome, type DirectoryOutcome } from '../../lib/predict/replication/directory-outcome';
import type { DirectoryFault } from '../../lib/predict/replication/directory-fault';
import { outcomeTable } from '../../lib/predict/replication/outcome-table';
import { tablesText } from '../../lib/predict/replication/text';
import type { Topology } from '../../lib/topology/topology';
import { runSlapds } from '../oracle/slapd-network';
import { parseAccount, type DrillAccount } from './account';

/** A fault of the servers of a directory while clients write and read at each of them. */
export interface DirectoryDrill {
  readonly topology: Topology;
  /** Names of the servers that are lost or cut off. */
  readonly servers: readonly string[];
  readonly kind: DirectoryFault['kind'];
  /** Commands that do it; see `FUNCTIONS` of slapd-network. */
  readonly hurt: string;
  /** Commands right after it, and when everything is as predicted. What they print is in `DrillAccount.said`. */
  readonly early?: string;
  readonly meanwhile?: string;
  /** Commands that end it. */
  readonly mend: string;
  /** Commands when all servers are open again and hold what clients wrote. */
  readonly afterwards?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** What was predicted before, and what was seen. */
export interface DrillResult {
  readonly predicted: DirectoryOutcome;
  readonly account: DrillAccount;
}

/** @throws Error where the drill itself did not come to its end. */
export function runDirectoryDrill(drill: DirectoryDrill): DrillResult {
  const { topology } = drill;
  const directory = topology.directories[0]!;
  const servers = topology.directoryServers.filter(({ name }) => drill.servers.includes(name)).map(({ id }) => id);
  const predicted = directoryOutcome(topology, directory.id, { kind: drill.kind, servers });
  process.stdout.write(`${tablesText([outcomeTable(topology, directory.id, predicted)])}\n`);
  const { status, stdout, stderr } = runSlapds({
    topology,
    timeout: 200_000,
    files: drill.files,
    script: script(drill, predicted),
  });
  const account = parseAccount(stdout);
  if (status !== 0 || stderr !== '')
    throw new Error(
      `the drill ended with ${status} after ${[...account.events.keys()].at(-1)}\n${account.other.join('\n')}\n${stderr}`,
    );
  return { predicted, account };
}

/** Waits for everything that was predicted to come about, and looks then at what was predicted not to. */
function script(
  { topology, hurt, early, meanwhile, mend, afterwards }: DirectoryDrill,
  outcome: DirectoryOutcome,
): string {
  const live = outcome.servers.filter(({ reads }) => reads !== 'gone');
  const before = topology.replicas.filter(({ role }) => role === 'supplier');
  const nameOf = (id: string): string => topology.directoryServers.find((one) => one.id === id)?.name ?? id;
  const writing = live.filter(({ writes }) => writes === 'takes');
  const refusing = live.filter(({ writes }) => writes !== 'takes');
  return `
repository='${path.join(__dirname, '../..')}'
suffix=${topology.directories[0]!.suffix}
password=secret-${topology.directoryServers[0]!.administratorSecret}
${DRILL_FUNCTIONS}
network
change ${nameOf(before[0]!.server)} >/dev/null <<END
dn: $suffix
changetype: add
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: cn=early,$suffix
changetype: add
objectClass: organizationalRole
cn: early

dn: cn=late,$suffix
changetype: add
objectClass: organizationalRole
cn: late
END
for name in $names; do within 20 sees "$name" cn=late || echo "trouble: $name lacks the first entries"; done
${before.map(({ server }) => `comes_to 30 ${nameOf(server)} writes\n`).join('')}for name in $names; do client "$name"; done
${before.map(({ server }) => `within 30 writes_since ${nameOf(server)} 0 10 || echo 'trouble: ${nameOf(server)} takes no writes at first'\n`).join('')}
event hurt
${hurt}
event hurt-done
${early ?? ''}
${refusing.map(({ name }) => `within 30 refuses ${name} 8 || echo 'trouble: ${name} goes on taking writes'\n`).join('')}event settled
settled=$(date +%s%3N)
${writing.map(({ name }) => `within 30 writes_since ${name} "$settled" 10 || echo 'trouble: ${name} takes no writes'\n`).join('')}${live
    .flatMap(({ name, hears }) =>
      writing
        .filter((one) => hears.includes(one.name))
        .map(
          (one) =>
            `within 30 sees ${name} "uid=$(last_of ${one.name})" || echo 'trouble: ${name} does not hear ${one.name}'\n`,
        ),
    )
    .join('')}${meanwhile ?? ''}
${live.map(({ name }) => `held ${name} meanwhile\n`).join('')}event mend
${mend}
for name in $names; do opens 90 "$name"; done
event back
for name in $names; do end_client "$name"; done
within 60 all_equal || tell_copies
event end
${afterwards ?? ''}
for name in $names; do
  held "$name" end
  echo "content $name $(content "$name")"
  sed "s/^/answer $name /" "/mnt/$name.answers"
done
`;
}

const DRILL_FUNCTIONS = `
event() { echo "event $1 $(date +%s%3N)"; }
client() { # NAME: on the host of the server, so that no line between is in question
  : >"/mnt/$1.answers"
  nsenter --target "$(cat "/mnt/$1.pid")" --mount --net -- node "$repository/test/drills/drill-client.mjs" /mnt/ca.pem "$password" "$suffix" "/mnt/$1.answers" "$1-host" "$1" &
  echo $! >"/mnt/$1.client"
}
end_client() {
  kill "$(cat "/mnt/$1.client")" 2>/dev/null || true
  wait "$(cat "/mnt/$1.client")" 2>/dev/null || true
}
# As a client on the host of the server itself. NAME RELATIVE-NAME [FILTER]
sees() { [ -n "$(at "$1" ldapsearch -x -LLL -H "ldap://$(address_of "$1")" -s base -b "$2,$suffix" "\${3:-(objectClass=*)}" 1.1 2>/dev/null)" ]; }
writes_since() { [ "$(awk -v since="$2" '$1 > since && $2 == "write" && $4 == 0' "/mnt/$1.answers" | wc -l)" -ge "$3" ]; } # NAME MILLISECONDS NUMBER
# Its last so many answers to writes are no. NAME NUMBER
refuses() { [ "$(grep ' write ' "/mnt/$1.answers" | tail -n "$2" | awk '$4 > 0' | wc -l)" = "$2" ]; }
last_of() { awk '$2 == "write" && $4 == 0 { uid = $3 } END { print uid }' "/mnt/$1.answers"; }
all() { # NAME ATTRIBUTE...
  server=$1
  shift
  at "$server" ldapsearch -x -LLL -o ldif-wrap=no -H "ldap://$(address_of "$server")" -D "cn=admin,$suffix" -w "$password" -b "$suffix" '(objectClass=*)' "$@"
}
held() { all "$1" uid | sed -n "s/^uid: /held $1 $2 /p"; } # NAME MOMENT
content() { all "$1" entryUUID entryCSN | sort | sha256sum | cut -c 1-16; }
all_equal() { [ "$(for name in $names; do content "$name"; done | sort -u | wc -l)" = 1 ]; }
tell_copies() {
  for name in $names; do
    echo "trouble: $name $(all "$name" contextCSN | sed -n 's/^contextCSN: //p' | tr '\\n' ' ')"
    at "$name" ldapsearch -Q -Y EXTERNAL -H ldapi:/// -LLL -o ldif-wrap=no -b cn=Monitor '(objectClass=olmSyncReplInstance)' olmSRProviderURIList olmSRSyncPhase olmSRLastContact | sed -n 's/^olm/  olm/p'
    tail -n 2 "/mnt/$name.gate.log"
  done
}
# NAME LDIF: a change at a server, from its host, and what became of it
tries() {
  code=0
  printf "$2" | at "$1" ldapmodify -x -H "ldap://$(address_of "$1")" -D "cn=admin,$suffix" -w "$password" >/dev/null 2>&1 || code=$?
  echo "said $1 $code $(date +%s%3N)"
}
unplug() { ip link set "v-$1" down; }
plug() { ip link set "v-$1" up; }
`;
