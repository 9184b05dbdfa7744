/** How a cell stands out. */
export type Emphasis = 'bad' | 'warning' | 'good' | 'plain';

/** A cell of a table. */
export interface Cell {
  readonly text: string;
  readonly emphasis?: Emphasis;
}

/** Puts colour around text, or leaves it. */
export type Paint = (text: string, emphasis: Emphasis) => string;

const CODES: Readonly<Record<Emphasis, string | undefined>> = {
  bad: '1;31',
  warning: '33',
  good: '32',
  plain: undefined,
};

/** Colours of a terminal. */
export const coloured: Paint = (text, emphasis) => {
  const code = CODES[emphasis];
  return code === undefined || text === '' ? text : `\u001b[${code}m${text}\u001b[0m`;
};

/** No colours. */
export const uncoloured: Paint = (text) => text;

/** Lines of a table, with columns as wide as their widest cell. */
export function tableLines(rows: readonly (readonly Cell[])[], paint: Paint): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.text.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map(({ text, emphasis = 'plain' }, column) => {
        // The last cell needs no room behind it, and room is not painted.
        const room = column === row.length - 1 ? 0 : (widths[column] ?? 0) - text.length;
        return paint(text, emphasis) + ' '.repeat(room);
      })
      .join('  ')
      .trimEnd(),
  );
}
