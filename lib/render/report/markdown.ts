import type { ReportBlock, ReportDocument } from './document';

/** `report.md`. */
export function reportMarkdown(report: ReportDocument): string {
  const parts = [`# ${escape(report.title)}`];
  for (const section of report.sections) {
    parts.push(`## ${escape(section.title)}`, ...section.blocks.map(block));
  }
  return `${parts.join('\n\n')}\n`;
}

function block(item: ReportBlock): string {
  switch (item.kind) {
    case 'text':
      return escape(item.text);
    case 'subtitle':
      return `### ${escape(item.text)}`;
    case 'numbered':
      return item.items.map((text, index) => `${index + 1}. ${escape(text)}`).join('\n');
    case 'table':
      return [item.head, item.head.map(() => '---'), ...item.rows.map((row) => row.map(escape))]
        .map((row) => `| ${row.join(' | ')} |`)
        .join('\n');
  }
}

/** Text of users stays text: no markup, no HTML, no end of a line or cell. */
function escape(text: string): string {
  if (!/[\r\n\\`*_[\]<>|&~]/.test(text)) return text;
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*_[\]<>|&~]/g, (character) => ESCAPED[character] ?? `\\${character}`);
}

const ESCAPED: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };
