import { headerComment } from '../header';
import { matching } from '../pattern';
import type { Preset, SystemdConfiguration } from './build';

/** The text of systemd.preset(5). */
export function printPreset(preset: Preset): string {
  const lines = [
    ...preset.disable.map((unit) => `disable ${unitName(unit)}\n`),
    ...preset.enable.map((unit) => `enable ${unitName(unit)}\n`),
  ];
  return headerComment(preset.source) + lines.join('');
}

/** The text of modules-load.d(5). */
export function printModules(modules: NonNullable<SystemdConfiguration['modules']>): string {
  return headerComment(modules.source) + modules.names.map((name) => `${name}\n`).join('');
}

/** A unit's name, in a form that is also safe as a file name and as a word of a command. */
export function unitName(unit: string): string {
  return matching({
    format: 'systemd.unit',
    what: 'a unit',
    value: unit,
    pattern: /^[A-Za-z0-9][A-Za-z0-9_.@-]*\.(service|socket|target|timer)$/,
    problem: 'is not the name of a unit with its type',
    remedy: 'write it as systemctl shows it, for instance slapd.service',
  });
}
