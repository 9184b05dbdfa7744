import { wrap } from '../text';
import type { ReplicationForecast } from './forecast';
import { forecastTables, type ForecastTable } from './table';

/** Columns of a terminal that notes fit into. */
const WIDTH = 119;

/** The forecast for a terminal. */
export function forecastText(forecast: ReplicationForecast): string {
  return tablesText(forecastTables(forecast));
}

/** Tables of a forecast for a terminal. */
export function tablesText(tables: readonly ForecastTable[]): string {
  return tables.map(tableText).join('\n');
}

function tableText({ title, head, rows, note }: ForecastTable): string {
  const all = [head.map((cell) => cell.toUpperCase()), ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((cells) => (cells[column] ?? '').length)));
  const lines = all.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${title}\n${lines.map((line) => `${line}\n`).join('')}${wrap(note, WIDTH).join('\n')}\n`;
}
