import { posix } from 'node:path';
import { matching } from '../pattern';

/** A word of a list that the shell splits at blanks. */
export function word(what: string, value: string): string {
  return matching({
    format: 'provision',
    what,
    value,
    pattern: /^[A-Za-z0-9_][A-Za-z0-9_.:+@-]*$/,
    problem: "is not of letters, digits and '_.:+@-' alone",
    remedy: 'give it another name',
  });
}

/** Name of a block device. */
export function deviceName(what: string, value: string): string {
  return matching({
    format: 'provision',
    what,
    value,
    pattern: /^\/[A-Za-z0-9_.:+@=,/-]+$/,
    problem: 'is no absolute path of letters, digits and _.:+@=,-',
    remedy: 'use another name of the device',
  });
}

/** An absolute path that is one word of a list, and has no part that leads upwards. */
export function plainPath(what: string, value: string): string {
  return matching({
    format: 'provision',
    what,
    value,
    pattern: /^(?!.*\/\.\.?(\/|$))\/[^\s\\\p{Cc}\p{Surrogate}]*$/u,
    problem: "is not an absolute path without blanks, backslashes, '.' and '..'",
    remedy: 'write the path in full, and without blanks',
  });
}

/** A directory as a path below its mount point; `.` is the mount point itself. */
export function pathBelow(mountPoint: string, directory: string): string {
  const below = posix.relative(mountPoint, plainPath('a directory', directory));
  return below === '' ? '.' : below;
}
