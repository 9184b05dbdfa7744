import { markdownTable, markdownText } from '../markdown';

/** A part of a runbook. */
export type RunbookBlock =
  | { readonly kind: 'title' | 'section' | 'case'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** Commands as they are typed: nothing in them is markup. */
  | { readonly kind: 'commands'; readonly lines: readonly string[] }
  | { readonly kind: 'steps'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

export const section = (text: string): RunbookBlock => ({ kind: 'section', text });
export const caseOf = (text: string): RunbookBlock => ({ kind: 'case', text });
export const text = (...sentences: readonly string[]): RunbookBlock => ({ kind: 'text', text: sentences.join(' ') });
export const commands = (...lines: readonly string[]): RunbookBlock => ({ kind: 'commands', lines });
export const steps = (...items: readonly string[]): RunbookBlock => ({ kind: 'steps', items });
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly RunbookBlock[] =>
  rows.length > 0 ? [{ kind: 'table', head, rows }] : [];

/** `RUNBOOK.md`. Words between backquotes are shown as code; all other characters are text. */
export function runbookMarkdown(blocks: readonly RunbookBlock[]): string {
  return `${blocks.map(printed).join('\n\n')}\n`;
}

function printed(block: RunbookBlock): string {
  switch (block.kind) {
    case 'title':
      return `# ${escaped(block.text)}`;
    case 'section':
      return `## ${escaped(block.text)}`;
    case 'case':
      return `### ${escaped(block.text)}`;
    case 'text':
      return escaped(block.text);
    case 'commands':
      return ['```sh', ...block.lines.map((line) => line.replace(/[\r\n]+/g, ' ')), '```'].join('\n');
    case 'steps':
      return block.items.map((item, index) => `${index + 1}. ${escaped(item)}`).join('\n');
    case 'table':
      return markdownTable(
        block.head,
        block.rows.map((row) => row.map(cell)),
      );
  }
}

/** Text of users stays text, outside of the backquotes that this library writes. */
function escaped(value: string): string {
  return value
    .replace(/[\r\n]+/g, ' ')
    .split('`')
    .map((part, index) => (index % 2 === 1 ? `\`${part}\`` : markdownText(part)))
    .join('');
}

/** A bar would end a cell even inside of backquotes; `escaped` has dealt with all others. */
function cell(value: string): string {
  return escaped(value).replace(/(?<!\\)\|/g, '\\|');
}
