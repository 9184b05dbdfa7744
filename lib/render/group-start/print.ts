import { headerComment } from '../header';
import { matching, plainName } from '../pattern';
import { unitName } from '../systemd/print';
import type { GroupMount, GroupStartFacts } from './build';

const FORMAT = 'tandem-group';

/**
 * The text of `/etc/tandem/group/<group>.conf`, a keyword per line: `resource NAME`, `mount DEPTH DEVICE DIRECTORY TYPE
 * [OPTIONS]`, `service UNIT...`, each in the order in which it starts.
 * @throws FormatError for a value that a list of words, or the kernel's table of mounts, holds in another form
 */
export function print(tree: GroupStartFacts): string {
  const lines = [
    ...tree.resources.map((name) => `resource ${plainName(FORMAT, 'a DRBD resource', name)}`),
    ...tree.mounts.map((mount) => `mount ${mountWords(mount).join(' ')}`),
    ...tree.services.map((units) => `service ${units.map(unitName).join(' ')}`),
  ];
  return headerComment(tree.source) + lines.map((line) => `${line}\n`).join('');
}

function mountWords({ depth, device, directory, fileSystem, options }: GroupMount): readonly string[] {
  return [
    String(depth),
    word('a device', device),
    word('a mount point', directory),
    plainName(FORMAT, 'the type of a file system', fileSystem),
    ...(options === undefined ? [] : [word('the options of a mount', options)]),
  ];
}

/** The kernel's table of mounts escapes blanks, backslashes and `#`, so none of them may be in what is looked up there. */
function word(what: string, value: string): string {
  return matching({
    format: FORMAT,
    what,
    value,
    pattern: /^[^-\s\p{C}\\#*?[\]][^\s\p{C}\\#*?[\]]*$/u,
    problem: "is empty, begins with '-' or has a blank, a control character or one of \\ # * ? [ ]",
    remedy: 'use another value',
  });
}
