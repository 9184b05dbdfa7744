import { replicationForecast } from '../predict/replication/forecast';
import { forecastTables } from '../predict/replication/table';
import type { ReportBlock, ReportSection } from '../render/report/document';
import type { Topology } from '../topology/topology';

/** What a report says of replication: the tables of `tandem predict`; nothing without directories. */
export function replicationSections(topology: Topology): readonly ReportSection[] {
  const blocks = forecastTables(replicationForecast(topology)).flatMap(({ title, head, rows, note }): ReportBlock[] => [
    { kind: 'subtitle', text: title },
    { kind: 'table', head, rows },
    { kind: 'text', text: note },
  ]);
  return blocks.length > 0 ? [{ title: 'Replication', blocks }] : [];
}
