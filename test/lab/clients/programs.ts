import { existsSync } from 'node:fs';
import path from 'node:path';
import { LabError } from '../topology-lab/plan';

/** Programs of this machine that clients run, with the Debian package that has each. */
const PROGRAMS: readonly (readonly [string, string])[] = [
  ['ldapadd', 'ldap-utils'],
  ['ldapsearch', 'ldap-utils'],
  ['ping', 'iputils-ping'],
  ['terraform', ''],
];

/** @throws LabError that names every program of the clients and of the deployment that this machine lacks */
export function checkPrograms(folders: readonly string[] = (process.env['PATH'] ?? '').split(':')): void {
  const missing = PROGRAMS.filter(([program]) => !folders.some((folder) => existsSync(path.join(folder, program))));
  if (missing.length === 0) return;
  const texts = missing.map(([program, name]) =>
    name === '' ? `${program} is not on the PATH` : `${program} is missing; it is in Debian's package ${name}`,
  );
  throw new LabError(`this machine cannot run drills:\n  ${texts.join('\n  ')}`);
}
