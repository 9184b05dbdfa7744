import { mailTables } from '../predict/mail-table';
import { replicationForecast } from '../predict/replication/forecast';
import { forecastTables, type ForecastTable } from '../predict/replication/table';
import type { ReportBlock, ReportSection } from '../render/report/document';
import type { Topology } from '../topology/topology';

/** What a report says of replication and of mail: the tables of `tandem predict`; nothing without directories and mail pairs. */
export function forecastSections(topology: Topology): readonly ReportSection[] {
  return [
    section('Replication', forecastTables(replicationForecast(topology))),
    section('Mail', mailTables(topology)),
  ].filter(({ blocks }) => blocks.length > 0);
}

const section = (title: string, tables: readonly ForecastTable[]): ReportSection => ({
  title,
  blocks: tables.flatMap(({ title: subtitle, head, rows, note }): ReportBlock[] => [
    { kind: 'subtitle', text: subtitle },
    { kind: 'table', head, rows },
    { kind: 'text', text: note },
  ]),
});
