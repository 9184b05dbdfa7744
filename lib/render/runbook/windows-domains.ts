import { replicationGraph } from '../../topology/replication-graph';
import type { WindowsSyncFacts } from '../../topology/replication';
import type { Topology } from '../../topology/topology';
import { localUrl } from '../ds389/places';
import { hostnameOf, instanceName, numberedName, replicaEntry, suffixOf } from '../ds389/words';
import { plainName } from '../pattern';
import { entry } from '../slapd/entries';
import { print } from '../slapd/print';
import { quoteCommand } from '../shell/quote';
import { caseOf, commands, section, text, type RunbookBlock } from './markdown';

/**
 * Agreements with Windows domains (R49). They are added by hand, once: the account that 389 Directory Server has in the
 * domain, its password and the authority of the domain controllers belong to those who run the domain.
 */
export function windowsDomains(topology: Topology): readonly RunbookBlock[] {
  const graph = replicationGraph(topology);
  return topology.windowsSyncs
    .filter(({ server }) => graph.server(server).engine === 'ds389')
    .flatMap((sync): readonly RunbookBlock[] => {
      const server = graph.server(sync.server);
      const directory = graph.directory(sync.directory);
      const instance = instanceName(server);
      const agreement = plainName('ds389', 'the name of an agreement', sync.name);
      const named = [agreement, '--suffix', suffixOf(directory)];
      return [
        section(`Windows domain ${sync.windowsDomain}`),
        text(
          `Once, as root on ${hostnameOf(server)}. The authority of ${sync.domainController} has to be trusted there, and the account may`,
          'read all changes of the domain ("Replicating Directory Changes") and write below the subtree. The password is typed, and',
          `stands in no history and no list of processes; an apply leaves the agreement alone. Passwords of users come by TLS only.`,
        ),
        commands(
          quoteCommand([
            ...['dsconf', instance, 'security', 'ca-certificate', 'add'],
            ...['--file', 'DOMAIN-CA.pem', '--name', sync.windowsDomain],
          ]),
          quoteCommand(['dsctl', instance, 'restart']),
          `read -rp 'name of the account: ' account`,
          `read -rsp 'its password: ' password`,
          `{ cat <<'END'`,
          ...agreementLines(sync, agreement, suffixOf(directory)),
          'END',
          `printf 'nsDS5ReplicaBindDN: %s\\nnsDS5ReplicaCredentials: %s\\n' "$account" "$password"`,
          `} | ldapadd -Q -Y EXTERNAL -H ${localUrl(instance)}`,
        ),
        caseOf('Take over what is there, and look how it goes on'),
        commands(
          quoteCommand(['dsconf', instance, 'repl-winsync-agmt', 'init', ...named]),
          quoteCommand(['dsconf', instance, 'repl-winsync-agmt', 'status', ...named]),
        ),
        caseOf('Another supplier is to do it'),
        text('Take it away here before it is added there: two agreements send each other what they bring.'),
        commands(quoteCommand(['dsconf', instance, 'repl-winsync-agmt', 'delete', ...named])),
      ];
    });
}

function agreementLines(sync: WindowsSyncFacts, agreement: string, suffix: string): readonly string[] {
  const record = entry(`cn=${agreement},${replicaEntry(suffix)}`, [
    ['objectClass', 'top'],
    ['objectClass', 'nsDSWindowsReplicationAgreement'],
    ['cn', agreement],
    ['nsDS5ReplicaRoot', suffix],
    ['nsDS5ReplicaHost', sync.domainController],
    ['nsDS5ReplicaPort', String(sync.port)],
    ['nsDS5ReplicaTransportInfo', 'LDAPS'],
    ['nsDS5ReplicaBindMethod', 'SIMPLE'],
    ['nsds7WindowsDomain', sync.windowsDomain],
    ['nsds7WindowsReplicaSubtree', numberedName(sync.windowsSubtree)],
    ['nsds7DirectoryReplicaSubtree', numberedName(sync.directorySubtree)],
    ['nsds7NewWinUserSyncEnabled', 'on'],
    ['nsds7NewWinGroupSyncEnabled', 'on'],
  ]);
  return print([record]).trimEnd().split('\n');
}
