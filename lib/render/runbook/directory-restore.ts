import { directoryDumps, type DirectoryDump } from '../../topology/directory-dumps';
import { dumpCommandOf } from '../../topology/host-commands';
import { lookup } from '../../topology/lookup';
import { isOpenLdap } from '../../topology/open-ldap-directory';
import { replicationGraph } from '../../topology/replication-graph';
import type { Topology } from '../../topology/topology';
import { ds389Agreements } from '../../topology/ds389-agreements';
import { firstServer, initializationOrder } from '../../topology/initialization';
import { ldifDirectory } from '../ds389/places';
import { hostnameOf, instanceName, suffixOf } from '../ds389/words';
import { quoteCommand } from '../shell/quote';
import { duration } from '../report/duration';
import { caseOf, commands, section, table, text, type RunbookBlock } from './markdown';

/** Filling directories from their dumps (R27). */
export function restoringDirectories(topology: Topology): readonly RunbookBlock[] {
  const dumps = directoryDumps(topology);
  const loadable = dumps.filter(({ directory }) => isOpenLdap(topology, directory.id));
  const others = dumps.filter((dump) => !loadable.includes(dump));
  return [...ofOpenLdap(topology, loadable), ...of389(topology, others)];
}

function ofOpenLdap(topology: Topology, dumps: readonly DirectoryDump[]): readonly RunbookBlock[] {
  if (dumps.length === 0) return [];
  const names = [...new Set(dumps.map(({ directory }) => directory.name))];
  const restore = ['tandem', 'restore', topology.name];
  return [
    section('Restore a directory'),
    text(
      'When something was deleted or changed by mistake: every server has it within a second, and only a dump does not. It costs',
      'what was written after the dump. All servers of the directory stop meanwhile, with all of their directories; the dump is',
      'loaded into the master, the others fetch it. What they held stays beside it, in `/var/lib/ldap/DIRECTORY.replaced-TIME`.',
    ),
    ...dumpTable(topology, dumps),
    caseOf('Are the dumps there?'),
    commands(...names.map((name) => quoteCommand([...restore, '--directory', name, '--show']))),
    caseOf('The directory is wrong'),
    commands(...names.map((name) => quoteCommand([...restore, '--directory', name, '--replace']))),
    caseOf('A few entries are wrong'),
    text('The dump is LDIF: take them out of it, and add them at the master.'),
    ...names.flatMap((name): readonly RunbookBlock[] => {
      const one = dumps.find(({ directory }) => directory.name === name);
      return one ? [commands(`zcat "$(ls ${one.dump.directory}/${one.dump.name}-*.ldif.gz | tail -n 1)" | less`)] : [];
    }),
  ];
}

/** 389 Directory Server takes a dump while it runs; everybody else is filled from the one that took it. */
function of389(topology: Topology, dumps: readonly DirectoryDump[]): readonly RunbookBlock[] {
  if (dumps.length === 0) return [];
  return [
    section('Restore a directory on 389 Directory Server'),
    text(
      'It costs what was written after the dump, on all servers. The one that takes the dump answers nothing of this directory',
      'meanwhile, and has what it held no longer: dump it before. Until the others are filled, they refuse what it sends.',
    ),
    ...dumpTable(topology, dumps),
    ...dumps.flatMap((dump) => from389Dump(topology, dump)),
  ];
}

/** The server that is loaded by hand takes the dump, because all others are filled from it. */
function from389Dump(topology: Topology, { directory, server, dump }: DirectoryDump): readonly RunbookBlock[] {
  const graph = replicationGraph(topology);
  const order = initializationOrder(topology, directory.id, ds389Agreements(topology, directory.id));
  const taker = graph.server(firstServer(topology, directory.id) ?? server.id);
  const senders = [...new Set(order.map(({ supplier }) => supplier))]
    .map(graph.server)
    .filter(({ id }) => id !== taker.id);
  const instance = instanceName(taker);
  const wanted = `${dump.name}-TIME.ldif.gz`;
  const file = `${ldifDirectory(instance)}/${dump.name}.ldif`;
  const elsewhere = taker.host !== server.host;
  const fill = quoteCommand(['tandem-ds389-initialize', '--again', suffixOf(directory)]);
  return [
    caseOf(`${directory.name} from ${dump.name}`),
    text(`On ${hostnameOf(server)}: keep what is there now, and choose a dump.`),
    commands(quoteCommand([dumpCommandOf(dump.name)]), `ls -l ${dump.directory}/${dump.name}-*.ldif.gz`),
    text(`On ${hostnameOf(taker)}, with the time of that dump for \`TIME\`:`),
    commands(
      ...(elsewhere ? [`scp ${hostnameOf(server)}:${dump.directory}/${wanted} /root/`] : []),
      `dump=${elsewhere ? '/root' : dump.directory}/${wanted}`,
      `zcat "$dump" | install -m 0600 -o dirsrv -g dirsrv /dev/stdin ${file}`,
      quoteCommand(['dsconf', instance, 'backend', 'import', suffixOf(directory), file]),
      `rm ${file}`,
      fill,
    ),
    ...(senders.length > 0
      ? [text(`Then on ${senders.map(hostnameOf).join(', ')}, in this order:`), commands(fill)]
      : []),
  ];
}

function dumpTable(topology: Topology, dumps: readonly DirectoryDump[]): readonly RunbookBlock[] {
  return table(
    ['directory', 'dumped every', 'on', 'in', 'by'],
    dumps.map(({ directory, server, dump }) => [
      directory.name,
      duration(dump.interval),
      lookup(topology).host(server.host).name,
      dump.directory,
      dumpCommandOf(dump.name),
    ]),
  );
}
