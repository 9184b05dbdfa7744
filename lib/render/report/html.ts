import type { ReportBlock, ReportDocument } from './document';

/** `report.html`: one file without anything from elsewhere, for bright and dark screens and for paper. */
export function reportHtml(report: ReportDocument): string {
  const contents = report.sections
    .map((section, index) => `<li><a href="#section-${index + 1}">${escape(section.title)}</a></li>`)
    .join('\n');
  const sections = report.sections
    .map(
      (section, index) =>
        `<section id="section-${index + 1}">\n<h2>${escape(section.title)}</h2>\n${section.blocks.map(block).join('\n')}\n</section>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(report.title)}</title>
<style>
${STYLE}</style>
</head>
<body>
<h1>${escape(report.title)}</h1>
<nav aria-label="Sections">
<ul>
${contents}
</ul>
</nav>
${sections}
</body>
</html>
`;
}

function block(item: ReportBlock): string {
  switch (item.kind) {
    case 'text':
      return `<p>${escape(item.text)}</p>`;
    case 'subtitle':
      return `<h3>${escape(item.text)}</h3>`;
    case 'numbered':
      return `<ol>\n${item.items.map((text) => `<li>${escape(text)}</li>`).join('\n')}\n</ol>`;
    case 'table':
      return [
        '<div class="table"><table>',
        `<thead><tr>${item.head.map((cell) => `<th scope="col">${escape(cell)}</th>`).join('')}</tr></thead>`,
        '<tbody>',
        ...item.rows.map((row) => `<tr>${row.reduce((cells, cell) => `${cells}<td>${escape(cell)}</td>`, '')}</tr>`),
        '</tbody>',
        '</table></div>',
      ].join('\n');
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character) : text;
}

const STYLE = `:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --line: #c8c8c8; --head: #f0f0f0; --link: #0b57a4; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e6e6; --paper: #16181b; --line: #45494f; --head: #24272c; --link: #8ab8ff; }
}
body { color: var(--ink); background: var(--paper); font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h2 { border-bottom: 1px solid var(--line); margin-top: 2.5rem; }
a { color: var(--link); }
.table { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: 0.25rem 0.6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: var(--head); }
@media print { nav { display: none; } body { max-width: none; } }
`;
