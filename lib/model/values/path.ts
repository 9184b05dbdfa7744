import { parsePattern } from './text';
import { quoted } from './text';
import { ValueError } from './value-error';

/**
 * An absolute directory or file name without `.`/`..` parts: letters, digits, `_ - + . @ /`.
 * Heartbeat, DRBD and systemd all read such a name without quoting.
 * @throws ValueError `value/path`
 */
export function parseAbsolutePath(text: string): string {
  parsePattern(
    text,
    /^(\/[A-Za-z0-9_+.@-]+)+$/,
    'value/path',
    "a path must be absolute, of letters, digits and '_+.@-', without a slash at its end",
  );
  if (text.split('/').some((part) => part === '.' || part === '..')) {
    throw new ValueError('value/path', "a path must not have '.' or '..' as a part", quoted(text), 'write it in full');
  }
  return text;
}

/**
 * A device below `/dev`. `:` may occur in names that udev makes.
 * @throws ValueError `value/device`
 */
export function parseDevice(text: string): string {
  return parsePattern(
    text,
    /^\/dev(\/(?!\.{1,2}(\/|$))[A-Za-z0-9_+.@:-]+)+$/,
    'value/device',
    "a device must be a name below /dev of letters, digits and '_+.@:-'",
  );
}
