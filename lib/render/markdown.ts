/** Text as Markdown shows it: no markup, no HTML, no end of a line or cell. */
export function markdownText(text: string): string {
  if (!/[\r\n\\`*_[\]<>|&~]/.test(text)) return text;
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*_[\]<>|&~]/g, (character) => ENTITIES[character] ?? `\\${character}`);
}

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

/** A table of cells that are Markdown already. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
