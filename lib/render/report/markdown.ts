import { markdownTable, markdownText } from '../markdown';
import type { ReportBlock, ReportDocument } from './document';

/** `report.md`. */
export function reportMarkdown(report: ReportDocument): string {
  const parts = [`# ${markdownText(report.title)}`];
  for (const section of report.sections) {
    parts.push(`## ${markdownText(section.title)}`, ...section.blocks.map(block));
  }
  return `${parts.join('\n\n')}\n`;
}

function block(item: ReportBlock): string {
  switch (item.kind) {
    case 'text':
      return markdownText(item.text);
    case 'subtitle':
      return `### ${markdownText(item.text)}`;
    case 'numbered':
      return item.items.map((text, index) => `${index + 1}. ${markdownText(text)}`).join('\n');
    case 'table':
      return markdownTable(
        item.head,
        item.rows.map((row) => row.map(markdownText)),
      );
  }
}
