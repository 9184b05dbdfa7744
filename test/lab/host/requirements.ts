import { existsSync } from 'node:fs';
import path from 'node:path';
import { LabError } from '../topology-lab/plan';

/** Programs that a lab runs on this machine, with the Debian package that has each. */
const PROGRAMS: readonly (readonly [string, string])[] = [
  ['debootstrap', 'debootstrap'],
  ['mkfs.ext4', 'e2fsprogs'],
  ['ip', 'iproute2'],
  ['bridge', 'iproute2'],
  ['python3', 'python3'],
  ['ssh', 'openssh-client'],
  ['ssh-keygen', 'openssh-client'],
  ['apt-get', 'apt'],
  ['dpkg-deb', 'dpkg'],
];

/** @throws LabError that names everything this machine lacks */
export function checkRequirements(): void {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin'];
  const missing = PROGRAMS.filter(([program]) => !folders.some((folder) => existsSync(path.join(folder, program))));
  const problems = [
    ...(process.getuid?.() === 0 ? [] : ['a lab makes a network namespace, which takes root']),
    ...(existsSync('/dev/net/tun')
      ? []
      : ['/dev/net/tun is missing: this kernel has no tun driver, or it is not loaded']),
    ...missing.map(([program, name]) => `${program} is missing; it is in Debian's package ${name}`),
  ];
  if (problems.length > 0) throw new LabError(`this machine cannot run a lab:\n  ${problems.join('\n  ')}`);
}
