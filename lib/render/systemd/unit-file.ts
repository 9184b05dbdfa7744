import type { ConstructPath } from '../../topology/units';
import { FormatError } from '../format-error';
import { headerComment } from '../header';
import { isUnprintable } from '../text';

/** One `Name=value` of a unit file. */
export interface UnitSetting {
  readonly name: string;
  /** As systemd reads it: a literal `%` is written `%%`, see `withoutSpecifiers`. */
  readonly value: string;
}

/** A section of a unit file. */
export interface UnitSection {
  readonly name: string;
  readonly settings: readonly UnitSetting[];
}

/** A unit or drop-in of systemd.unit(5). */
export interface UnitFile {
  readonly source: ConstructPath;
  readonly sections: readonly UnitSection[];
}

/** A section with its settings in order. */
export function section(name: string, settings: readonly (readonly [name: string, value: string])[]): UnitSection {
  return { name, settings: settings.map(([setting, value]) => ({ name: setting, value })) };
}

/** A text in which systemd finds no specifier. */
export function withoutSpecifiers(text: string): string {
  return text.replaceAll('%', '%%');
}

/** The text of systemd.syntax(7). */
export function printUnitFile(tree: UnitFile): string {
  const sections = tree.sections.map(({ name, settings }) => {
    const lines = settings.map((setting) => `${setting.name}=${value(setting)}\n`);
    return `[${name}]\n${lines.join('')}`;
  });
  return `${headerComment(tree.source)}${sections.join('\n')}`;
}

function value(setting: UnitSetting): string {
  const text = setting.value;
  // A backslash at the end of a line joins it with the next, blanks at either end are dropped.
  if (!isUnprintable(text) && text === text.trim() && !text.endsWith('\\')) return text;
  throw new FormatError({
    format: 'systemd.unit',
    what: `the value of ${setting.name}`,
    problem: 'is not one line of printable characters without blanks or a backslash at its end',
    remedy: 'write it without them',
    value: text,
  });
}
