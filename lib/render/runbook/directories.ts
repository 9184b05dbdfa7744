import { membersOf, replicationGraph } from '../../topology/replication-graph';
import type { Topology } from '../../topology/topology';
import { quoteCommand } from '../shell/quote';
import { caseOf, commands, section, text, type RunbookBlock } from './markdown';

/** Moving the master of each failover group (F14, F15, F25, F27, F28), and copies that differ. */
export function directories(topology: Topology): readonly RunbookBlock[] {
  return [...masters(topology), ...differingCopies(topology)];
}

function masters(topology: Topology): readonly RunbookBlock[] {
  const graph = replicationGraph(topology);
  return topology.failoverGroups.flatMap((group): readonly RunbookBlock[] => {
    const { name } = graph.directory(group.directory);
    const members = membersOf(group).map((id) => graph.server(id));
    if (members.some(({ engine }) => engine !== 'openldap')) return [];
    const option = topology.failoverGroups.length > 1 ? ['--directory', name] : [];
    const each = (words: (server: string) => readonly string[]): RunbookBlock =>
      commands(...members.map((server) => quoteCommand(['tandem', ...words(server.name), ...option])));
    return [
      section(`The master of directory ${name}`),
      text(
        `Members: ${members.map((server) => server.name).join(', ')}. Any machine will do that reaches them by LDAP over TLS and has`,
        `the passwords (\`${topology.name}.secrets.tfvars.json\`) and the certificate of the authority (\`--ca\`).`,
      ),
      caseOf('Another member becomes master'),
      each((server) => ['switch', topology.name, '--to', server]),
      text('Nothing that was acknowledged is lost; nobody can write for a fraction of a second.'),
      caseOf('The master is lost'),
      each((server) => ['switch', topology.name, '--forced', '--to', server]),
      text('It says which member holds most, what may be lost and who was not told, and asks.'),
      caseOf('A master returns'),
      text(
        'It stays closed. This keeps what it alone has as LDIF, and makes it a copy of the master (its host by ssh):',
      ),
      each((server) => ['rejoin', topology.name, server]),
      caseOf('A mirror more, or one less'),
      text(
        'Add it to `mirrors` in the stack and apply; it fetches everything and opens when it holds it. To retire one: make another',
        'member master, in the stack too, name it in `retiring` and apply. These change nothing: they wait until the new one holds',
        'everything, or until the old one may go, and say what to do next.',
      ),
      commands(
        quoteCommand(['tandem', 'add-mirror', topology.name, 'SERVER', ...option]),
        quoteCommand(['tandem', 'retire', topology.name, 'SERVER', ...option]),
      ),
    ];
  });
}

/** Only with several suppliers conflicts come about that no engine resolves. */
function differingCopies(topology: Topology): readonly RunbookBlock[] {
  const graph = replicationGraph(topology);
  return topology.multiMasterGroups.flatMap(({ directory, suppliers }): readonly RunbookBlock[] => {
    const { name } = graph.directory(directory);
    if (suppliers.length < 2 || suppliers.some((id) => graph.server(id).engine !== 'openldap')) return [];
    const option = topology.directories.length > 1 ? ['--directory', name] : [];
    return [
      section(`Copies of directory ${name} that differ`),
      text(
        'Where one side of a cut deleted an entry that the other one changed, both keep their own and each says that it has every',
        'change; only the content that `tandem status` compares tells (`directory/content`). Where the deletion is right, delete the',
        'entry again. Else, or where many differ, the copy that is given up is made anew; what it held stays on its host (by ssh):',
      ),
      commands(quoteCommand(['tandem', 'refill', topology.name, 'SERVER', '--from', 'SERVER', ...option])),
    ];
  });
}
