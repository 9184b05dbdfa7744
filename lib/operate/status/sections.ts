import { shellWord } from '../../topology/shell-word';

const HEAD = '== tandem ';

/** Begins a section in what a script prints. */
export function sectionCommand(name: string): string {
  return `echo ${shellWord(`${HEAD}${name}`)}`;
}

/** The line that begins a section. */
export function sectionLine(name: string): string {
  return `${HEAD}${name}`;
}

/** What a script printed, by section. A program that printed nothing leaves an empty one. */
export function readSections(output: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  for (const part of `\n${output}`.split(`\n${HEAD}`).slice(1)) {
    const end = part.indexOf('\n');
    sections.set(end < 0 ? part : part.slice(0, end), end < 0 ? '' : part.slice(end + 1));
  }
  return sections;
}

/** The lines of a text that hold something. */
export function filledLines(text: string | undefined): readonly string[] {
  return (text ?? '').split('\n').filter((line) => line.trim() !== '');
}
