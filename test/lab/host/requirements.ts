import { existsSync } from 'node:fs';
import { LabError } from '../topology-lab/plan';
import { missingPrograms, searchPath, type NeededProgram } from './programs';

/** Programs that a lab runs on this machine, with the Debian package that has each. */
const PROGRAMS: readonly NeededProgram[] = [
  ['debootstrap', 'debootstrap'],
  ['mkfs.ext4', 'e2fsprogs'],
  ['ip', 'iproute2'],
  ['bridge', 'iproute2'],
  ['python3', 'python3'],
  ['taskset', 'util-linux'],
  ['ssh', 'openssh-client'],
  ['ssh-keygen', 'openssh-client'],
  ['apt-get', 'apt'],
  ['dpkg-deb', 'dpkg'],
];

/** @throws LabError that names everything this machine lacks */
export function checkRequirements(): void {
  const problems = [
    ...(process.getuid?.() === 0 ? [] : ['a lab makes a network namespace, which takes root']),
    ...(existsSync('/dev/net/tun')
      ? []
      : ['/dev/net/tun is missing: this kernel has no tun driver, or it is not loaded']),
    ...missingPrograms(PROGRAMS, [...searchPath(), '/usr/sbin', '/sbin']),
  ];
  if (problems.length > 0) throw new LabError(`this machine cannot run a lab:\n  ${problems.join('\n  ')}`);
}
