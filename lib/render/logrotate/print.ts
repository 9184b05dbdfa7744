import { headerComment } from '../header';
import type { LogrotateConfiguration } from './build';

/** The text of a file that logrotate(8) reads. */
export function print(tree: LogrotateConfiguration): string {
  const blocks = tree.logs.map(({ file, directives }) => {
    const lines = directives.map((directive) => `    ${directive}\n`);
    return `${file} {\n${lines.join('')}}\n`;
  });
  return `${headerComment(tree.source)}${blocks.join('\n')}`;
}
