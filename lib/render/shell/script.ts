import type { ConstructPath } from '../../topology/units';
import { headerComment } from '../header';
import { quote } from './quote';

/** A POSIX shell script: a fixed text that works on variables, the only place where text of a user stands. */
export interface ShellScript {
  readonly source: ConstructPath;
  /** Variables set before the text runs, in order. */
  readonly variables: readonly (readonly [name: string, value: string | number])[];
  readonly body: string;
}

/** The script as `sh` reads it. */
export function printScript(script: ShellScript): string {
  const settings = script.variables.map(([name, value]) => `${name}=${quote(String(value))}\n`).join('');
  return `#!/bin/sh\n${headerComment(script.source)}set -eu\numask 077\nLC_ALL=C\nexport LC_ALL\n${settings}\n${script.body}`;
}
