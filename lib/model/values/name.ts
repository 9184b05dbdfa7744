import { parsePattern } from './text';

/** A name of a construct: it stands in paths, file names and resource names. */
export function parseName(text: string): string {
  return parsePattern(
    text,
    /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/,
    'value/name',
    "a name must begin with a letter or digit and go on with letters, digits, '_', '.' and '-', 63 at most",
  );
}

/** A network interface name as the Linux kernel takes it: 15 characters at most. */
export function parseInterfaceName(text: string): string {
  return parsePattern(
    text,
    /^[A-Za-z0-9][A-Za-z0-9_.@-]{0,14}$/,
    'value/interface-name',
    "an interface name must be 15 letters, digits, '_.@-' at most",
  );
}

/** The name of an init script: what haresources calls. */
export function parseScriptName(text: string): string {
  return parsePattern(
    text,
    /^[A-Za-z][A-Za-z0-9_.-]{0,62}$/,
    'value/init-script',
    "an init script's name must begin with a letter and go on with letters, digits, '_', '.' and '-'",
  );
}

/** A systemd unit with its type. */
export function parseUnitName(text: string): string {
  return parsePattern(
    text,
    /^[A-Za-z0-9][A-Za-z0-9_.@-]{0,240}\.(service|target|socket)$/,
    'value/unit-name',
    "a unit must be a name of letters, digits and '_.@-' that ends in .service, .target or .socket",
  );
}

/** A file system type as mount(8) takes it. */
export function parseFileSystemType(text: string): string {
  return parsePattern(text, /^[a-z][a-z0-9.]{1,15}$/, 'value/file-system', 'a file system must be a type of mount(8)');
}
