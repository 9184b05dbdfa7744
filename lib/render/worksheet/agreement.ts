import type {
  AttributeSelectionFacts,
  ReplicationAgreementFacts,
  UpdateModeFacts,
  UpdateWindowFacts,
} from '../../topology/replication';
import { replicationGraph } from '../../topology/replication-graph';
import type { Topology } from '../../topology/topology';
import { duration } from '../report/duration';
import type { ReportSection } from '../report/document';
import { authenticationText } from './group';
import { agreementNames } from './names';

/** One shadowing agreement: the fields of X.525 with their values. */
export function agreementSection(topology: Topology, agreement: ReplicationAgreementFacts): ReportSection {
  const graph = replicationGraph(topology);
  const names = agreementNames(topology, agreement);
  const { area, attributes, knowledge, contextSelection } = agreement;
  const { suffix } = graph.directory(agreement.directory);
  const knowledgeText = names.inside
    ? 'both: a mirror is an exact copy (F9)'
    : knowledge
      ? `${knowledge.kind}${knowledge.extended ? ', extended' : ''}`
      : 'none';
  return {
    title: `Agreement ${agreement.identifier}: ${names.supplier} to ${names.consumer}`,
    blocks: [
      {
        kind: 'table',
        head: ['field of X.525', 'value'],
        rows: [
          ['agreement: identifier, version', `${agreement.identifier}, ${agreement.version}`],
          ['supplier (role A), name', names.supplier],
          ['consumer (role B), name', names.consumer],
          ...masterOf(topology, agreement),
          ['area: context prefix', suffix],
          ['area: base below it', area.base === suffix ? 'the prefix itself' : area.base],
          ['area: chopped off', area.exclusions.join('; ') || 'nothing'],
          ['area: filter', area.filter ?? 'none'],
          ...(names.inside ? [['area: more', 'the whole cn=config tree (F9)']] : []),
          ['attributes', attributesText(attributes)],
          ['knowledge', knowledgeText],
          ['contexts', contextSelection ? contextSelection.join(', ') : 'all'],
          ['update mode', updateText(agreement.updateMode)],
          ['secondary shadows', agreement.secondaryShadows ? 'yes' : 'no'],
          ['valid', `from ${agreement.validFrom ?? 'now'} until ${agreement.validUntil ?? 'it is ended'}`],
          ['authentication', authenticationText(agreement.authentication)],
        ],
      },
      {
        kind: 'text',
        text: names.inside
          ? 'A switch to the consumer does not turn it around, which no modification does: the console has the new master make its own (F14, F15).'
          : agreement.supplier.kind === 'group'
            ? 'At a switch it keeps its identifier, its version rises by one, the address of the supplier is that of the new master, and the consumer keeps its data (F18).'
            : 'Its ends never change places: to turn it around end it and make another one.',
      },
      {
        kind: 'text',
        text: 'A shadow whose agreement has ended keeps its data, which age: take them away with the agreement.',
      },
    ],
  };
}

/** X.525 names the master where the supplier is not it. */
function masterOf(topology: Topology, { directory, supplier }: ReplicationAgreementFacts): readonly string[][] {
  const graph = replicationGraph(topology);
  const from = graph.supplierOf(supplier);
  if (from === undefined || graph.replica(directory, from)?.role === 'supplier') return [];
  const [group] = topology.failoverGroups.filter((one) => one.directory === directory);
  const masters = graph.replicasOf(directory).filter(({ role }) => role === 'supplier');
  const value = group?.identity ?? masters.map(({ server }) => graph.server(server).identity).join('; ');
  return [['master, which the supplier is not', value]];
}

function attributesText(selection: AttributeSelectionFacts): string {
  if (selection.kind === 'all') return 'all';
  return `${selection.kind === 'include' ? 'only' : 'all but'} ${selection.attributes.join(', ')}`;
}

function updateText(mode: UpdateModeFacts): string {
  const by = `by the ${mode.initiator}`;
  switch (mode.when) {
    case 'on-change':
      return `${by}, on change`;
    case 'windows':
      return `${by}, scheduled: ${mode.windows.map(windowText).join('; ')}; at no other times`;
    case 'periodic':
      return `${by}, scheduled: every ${duration(mode.updateInterval)} for ${duration(mode.windowSize)}; other times ${mode.otherTimes ? 'too' : 'not'}`;
  }
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function windowText({ weekdays, from, to }: UpdateWindowFacts): string {
  const days = weekdays.length === 7 ? 'every day' : weekdays.map((day) => DAYS[day] ?? '').join(', ');
  return `${days} ${clock(from)} to ${clock(to)}`;
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
