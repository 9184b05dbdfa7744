import { LabError } from '../topology-lab/plan';

/** Where Debian's packages come from on this machine. */
export interface Archive {
  readonly main: string;
  /** Empty where this machine has no security updates. */
  readonly security: string;
}

/** The release that the image is made of. */
const RELEASE = 'bookworm';

/**
 * Finds Debian's own archives in what `apt-get indextargets` prints as `URI|RELEASE|LABEL|COMPONENT`.
 * @throws LabError where this machine has no archive of the release
 */
export function archiveOf(targets: string): Archive {
  const rows = targets.split('\n').map((line) => line.split('|'));
  const find = (release: string, label: string): string =>
    rows.find((row) => row[1] === release && row[2] === label && row[3] === 'main')?.[0] ?? '';
  const main = find(RELEASE, 'Debian');
  if (main === '') {
    throw new LabError(`apt on this machine knows no archive of Debian ${RELEASE}; add it and run 'apt-get update'`);
  }
  return { main, security: find(`${RELEASE}-security`, 'Debian-Security') };
}

/** Names in a list of packages, one a line, with comments. */
export function packagesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');
}
