import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { adopt, type Adoption } from '../../lib/adopt/adopt';
import type { AdoptInput, InputFile } from '../../lib/adopt/input';
import { check } from '../../lib/check/run';
import { includeReader } from '../../lib/cli/include-files';
import { remarksOf, type Remark } from '../../lib/cli/remark';

export const repository = path.resolve(__dirname, '../..');
const wildFolder = path.join(__dirname, 'fixtures/wild');

/** The files of the published case, with its faults and values. */
export function published(): Required<Pick<AdoptInput, 'drbd' | 'ha' | 'haresources'>> {
  const read = (format: string, file: string): InputFile => ({
    file,
    text: readFileSync(path.join(repository, 'test/render', format, 'fixtures', `as-published.${file}`), 'utf8'),
  });
  return {
    drbd: read('drbd-conf', 'drbd.conf'),
    ha: read('ha-cf', 'ha.cf'),
    haresources: read('haresources', 'haresources'),
  };
}

/** Names of the configurations that are like those people run. */
export const wildNames = readdirSync(wildFolder).sort();

/** One of them, with its includes. */
export function wild(name: string): AdoptInput {
  const folder = path.join(wildFolder, name);
  const read = (file: string): InputFile | undefined =>
    existsSync(path.join(folder, file)) ? { file, text: readFileSync(path.join(folder, file), 'utf8') } : undefined;
  const drbd = read('drbd.conf');
  return {
    drbd: drbd && { ...drbd, readInclude: includeReader(folder) },
    ha: read('ha.cf'),
    haresources: read('haresources'),
    authkeys: read('authkeys'),
  };
}

/** All that `tandem check` has to say about files. */
export function judge(input: AdoptInput): { readonly adoption: Adoption; readonly remarks: readonly Remark[] } {
  const adoption = adopt(input);
  return { adoption, remarks: remarksOf(adoption, check(adoption.topology)) };
}

/** `file:line` of the remarks that carry out a requirement, each place once. */
export function places(remarks: readonly Remark[], requirement: string): readonly string[] {
  const found = remarks.filter((remark) => remark.requirements.includes(requirement));
  return [...new Set(found.map((remark) => `${remark.file}:${remark.line}`))];
}
