import { replicationGraph } from '../../topology/replication-graph';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { intervalText, timeText } from '../wording';
import type { DirectoryOutcome, ServerOutcome } from './directory-outcome';
import type { ForecastTable } from './table';

/** What a fault of servers does to a directory, for the command line and the account of a drill. */
export function outcomeTable(topology: Topology, directory: EntityId, outcome: DirectoryOutcome): ForecastTable {
  const graph = replicationGraph(topology);
  const names = outcome.fault.servers.map((id) => graph.server(id).name).join(', ');
  return {
    title: `Directory ${graph.directory(directory).name} ${FAULTS[outcome.fault.kind](names)}`,
    head: ['server', 'reads', 'writes', 'gets the changes of'],
    rows: outcome.servers.map((server) => cells(server, outcome)),
    note: [
      CONFLICTS[outcome.conflicts],
      ...(outcome.stranded ? [STRANDED] : []),
      ...(outcome.returns ? [`${names} answers ${intervalText(outcome.returns)} after it has power again.`] : []),
      AFTERWARDS,
    ].join(' '),
  };
}

const FAULTS = {
  'servers-lost': (names: string): string => `without ${names}`,
  'cut-off': (names: string): string => `while ${names} can not be reached by the others`,
} as const;

const CONFLICTS = {
  never: 'No two sides take writes that do not hear each other.',
  'in-window':
    'Writes that the minority acknowledges before its guard notices are merged later: where the other side changed the same entry too, the later change of the whole entry is kept and the other one is reversed, and an entry that one side deleted and the other changed differs for ever until its copy is made anew (tandem refill).',
  'while-apart':
    'Sides take writes that do not hear each other. Where both changed one entry, the later change of the whole entry is kept and the other one is reversed; an entry that one side deleted and the other changed differs for ever until its copy is made anew (tandem refill).',
} as const;

const STRANDED = 'What a server acknowledged right before it was lost may be nowhere else until it is back.';

const AFTERWARDS = 'When all are back every copy gets what it missed.';

function cells({ name, reads, writes, hears }: ServerOutcome, { window }: DirectoryOutcome): readonly string[] {
  const until = window ? `until ${timeText(window.lower)} to ${timeText(window.upper)} after the fault` : '';
  const gone = 'does not run';
  return [
    name,
    { answers: 'answers', stops: `answers ${until}`, gone }[reads],
    {
      takes: 'takes',
      stops: `takes ${until}`,
      refuses: 'refuses (no master)',
      refers: 'at whoever takes them',
      gone,
    }[writes],
    reads === 'gone' ? '' : hears.join(', ') || 'nobody',
  ];
}
