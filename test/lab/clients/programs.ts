import { missingPrograms, searchPath, type NeededProgram } from '../host/programs';
import { LabError } from '../topology-lab/plan';

/** Programs of this machine that clients run, with the Debian package that has each. */
const PROGRAMS: readonly NeededProgram[] = [
  ['ldapadd', 'ldap-utils'],
  ['ldapsearch', 'ldap-utils'],
  ['ping', 'iputils-ping'],
  ['terraform', ''],
];

/** @throws LabError that names every program of the clients and of the deployment that this machine lacks */
export function checkPrograms(folders: readonly string[] = searchPath()): void {
  const missing = missingPrograms(PROGRAMS, folders);
  if (missing.length > 0) throw new LabError(`this machine cannot run drills:\n  ${missing.join('\n  ')}`);
}
