import { FormatError } from '../format-error';
import { byteLength, commentProblem, isUnprintable } from '../text';
import {
  ADDRESS_SCRIPT,
  looksLikeAddress,
  type HaResource,
  type HaResourceGroup,
  type HaResources,
  type HaResourcesItem,
} from './syntax';

// heartbeat reads lines through a buffer of 1024 bytes.
const MAXIMUM_LINE = 1000;

const NODE = /^[A-Za-z0-9._-]+$/u;
const SCRIPT = /^[A-Za-z0-9._@-]+$/u;

// ResourceManager hands arguments to the script through an unquoted shell variable.
const SHELL = /[*?[\]~$`'"|&;<>(){}!]/u;

/**
 * Writes haresources: one group per logical line, one resource per physical line. `parse` of the result gives the
 * same tree.
 * @throws FormatError for what the format can not hold: blanks, `::`, `#`, backslashes and what a shell expands.
 */
export function print(file: HaResources): string {
  return file.items.map((item) => `${printItem(item)}\n`).join('');
}

function printItem(item: HaResourcesItem): string {
  return item.kind === 'comment' ? printComment(item.text) : printGroup(item);
}

function printGroup(group: HaResourceGroup): string {
  if (!NODE.test(group.node) || looksLikeAddress(group.node))
    throw refuse('the node of a resource group', 'is no host name', "use what 'uname -n' says", group.node);
  const [first, ...rest] = group.resources.map(printResource);
  if (first === undefined)
    throw refuse(
      `the resource group of node '${group.node}'`,
      'is empty',
      'add a resource or leave it out',
      group.node,
    );
  const lines = [`${group.node} ${first}`, ...rest.map((resource) => `  ${resource}`)];
  const long = lines.find((line) => byteLength(line) > MAXIMUM_LINE);
  if (long !== undefined)
    throw refuse('a resource', `makes a line longer than ${MAXIMUM_LINE} bytes`, 'shorten it', long);
  return lines.join(' \\\n');
}

function printResource({ script, arguments: args }: HaResource): string {
  if (!SCRIPT.test(script) || looksLikeAddress(script))
    throw refuse(
      'the name of a resource script',
      'is no file name of letters, digits, . _ @ -',
      'use another name',
      script,
    );
  if (script === ADDRESS_SCRIPT && args.length === 0)
    throw refuse(`resource '${script}'`, 'has no address', 'give it one', script);
  return [script, ...args.map((argument) => printArgument(script, argument))].join('::');
}

function printArgument(script: string, argument: string): string {
  const what = `an argument of resource '${script}'`;
  const refused = (problem: string, remedy: string): FormatError => refuse(what, problem, remedy, argument);
  if (argument === '') throw refused('is empty', 'leave it out');
  if (/\s/u.test(argument) || isUnprintable(argument))
    throw refused('has a blank or control character', 'use another value');
  if (argument.includes('#')) throw refused("has a '#', which begins a comment", 'use another value');
  if (argument.includes('\\')) throw refused('has a backslash', 'use another value');
  if (argument.includes('::') || argument.startsWith(':') || argument.endsWith(':'))
    throw refused("has a ':' where it would divide arguments", 'use another value');
  if (SHELL.test(argument)) throw refused('has a character that a shell expands', 'use another value');
  return argument;
}

function printComment(text: string): string {
  const fault = commentProblem(text);
  if (fault) throw refuse('a comment', fault.problem, fault.remedy, text);
  if (text.endsWith('\\')) throw refuse('a comment', 'ends with a backslash', 'remove it', text);
  return text === '' ? '#' : `# ${text}`;
}

function refuse(what: string, problem: string, remedy: string, value: string): FormatError {
  return new FormatError({ format: 'haresources', what, problem, remedy, value });
}
