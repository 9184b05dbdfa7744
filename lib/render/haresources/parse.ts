import type { Parsed, SourceLocation, SyntaxFault } from '../source';
import { sortFaults } from '../source';
import { commentText } from '../text';
import {
  ADDRESS_SCRIPT,
  looksLikeAddress,
  type HaResource,
  type HaResourceGroup,
  type HaResources,
  type HaResourcesItem,
} from './syntax';

interface Word {
  readonly text: string;
  readonly location: SourceLocation;
}

/**
 * Reads haresources as heartbeat's ResourceManager does: a hash begins a comment, a backslash at the very end of a
 * line joins the next one. Never throws; what heartbeat would read as something else than it looks like is reported.
 */
export function parse(text: string, file?: string): Parsed<HaResources> {
  const items: HaResourcesItem[] = [];
  const errors: SyntaxFault[] = [];
  let words: Word[] = [];
  let continued = false;
  const finish = (): void => {
    const read = readGroup(words);
    if (read) items.push(read.group);
    errors.push(...(read?.faults ?? []));
    words = [];
    continued = false;
  };
  const lines = text.replace(/^\uFEFF/u, '').split('\n');
  if (lines.at(-1) === '') lines.pop();
  lines.forEach((line, index) => {
    const location: SourceLocation = file === undefined ? { line: index + 1 } : { file, line: index + 1 };
    const read = readLine(line, continued);
    if (read.comment !== undefined) items.push({ kind: 'comment', text: read.comment, location });
    errors.push(...read.problems.map((message) => ({ message, location })));
    words.push(...read.words.map((word) => ({ text: word, location })));
    continued = read.continues;
    if (!continued) finish();
    else if (index === lines.length - 1)
      errors.push({ message: 'the last line ends with a backslash; remove it', location });
  });
  finish();
  return { tree: { items }, errors: sortFaults(errors) };
}

interface Line {
  readonly words: readonly string[];
  readonly continues: boolean;
  readonly comment?: string;
  readonly problems: readonly string[];
}

function readLine(line: string, continued: boolean): Line {
  const hash = line.indexOf('#');
  const code = hash < 0 ? line : line.slice(0, hash);
  const comment = hash < 0 ? undefined : commentText(line.slice(hash + 1));
  const problems: string[] = [];
  const trimmed = code.trimEnd();
  const continues = trimmed.endsWith('\\');
  // ResourceManager strips comments before it joins lines: in a joined line they stay.
  if (comment !== undefined && continued)
    problems.push('a comment inside a continued line is read as resources; move it before the group');
  if (continues && (trimmed !== code.replace(/\r$/u, '') || hash >= 0))
    problems.push('the backslash is not the last character and does not continue the line; remove what follows it');
  // A line that only holds a comment does not end the group that it stands in.
  const stays = continued && trimmed === '' && comment !== undefined;
  const words = (continues ? trimmed.slice(0, -1) : trimmed).split(/[ \t\r\f]+/u).filter((word) => word !== '');
  return { words, continues: continues || stays, comment, problems };
}

function readGroup(words: readonly Word[]): { group: HaResourceGroup; faults: SyntaxFault[] } | undefined {
  const [node, ...rest] = words;
  if (!node) return undefined;
  const faults: SyntaxFault[] = [];
  const { location } = node;
  if (node.text.includes('::') || looksLikeAddress(node.text))
    faults.push({ message: `the line begins with a resource ('${node.text}'); begin it with a node name`, location });
  if (rest.length === 0)
    faults.push({ message: `node '${node.text}' has no resources; add some or remove the line`, location });
  const resources = rest.map((word) => {
    const { resource, fault } = readResource(word);
    if (fault !== undefined) faults.push({ message: fault, location: word.location });
    return resource;
  });
  return { group: { kind: 'group', node: node.text, resources, location }, faults };
}

function readResource({ text, location }: Word): { resource: HaResource; fault?: string } {
  const [script = '', ...args] = text.split('::');
  if (looksLikeAddress(script)) return { resource: { script: ADDRESS_SCRIPT, arguments: [script, ...args], location } };
  const given = args.filter((argument) => argument !== '');
  const resource: HaResource = { script, arguments: given, location };
  if (script === '') return { resource, fault: `resource '${text}' has no script name before '::'; add one` };
  if (given.length < args.length)
    return { resource, fault: `resource '${text}' has an empty argument, which heartbeat leaves out; remove a '::'` };
  return { resource };
}
