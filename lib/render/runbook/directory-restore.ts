import { directoryDumps } from '../../topology/directory-dumps';
import { dumpCommandOf } from '../../topology/host-commands';
import { lookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import { quoteCommand } from '../shell/quote';
import { duration } from '../report/duration';
import { caseOf, commands, section, table, text, type RunbookBlock } from './markdown';

/** Filling directories from their dumps (R27). */
export function restoringDirectories(topology: Topology): readonly RunbookBlock[] {
  const dumps = directoryDumps(topology);
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
    ...table(
      ['directory', 'dumped every', 'on', 'in', 'by'],
      dumps.map(({ directory, server, dump }) => [
        directory.name,
        duration(dump.interval),
        lookup(topology).host(server.host).name,
        dump.directory,
        dumpCommandOf(dump.name),
      ]),
    ),
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
