import type { Topology } from '../../topology/topology';
import type { ConstructPath } from '../../topology/units';
import type { ContainerRole } from './container-role';
import { dockerfile } from './dockerfile';
import { entryPointScript, roleEntryPointScript } from './entry-point-script';
import { healthScript, roleHealthScript } from './health-script';
import { fileName, PROGRAMS } from './places';
import { containerRoles } from './roles';
import { roleSystemctlScript, systemctlScript } from './systemctl-script';
import { takeScript } from './take-script';

/** The files that an image is built from: name to text. */
export function imageFiles(topology: Topology, baseImage: string): ReadonlyMap<string, string> {
  const { name, path } = topology;
  const roles = containerRoles(topology);
  return new Map([
    ['Dockerfile', dockerfile(path, roles, baseImage)],
    [fileName(PROGRAMS.entryPoint), entryPointScript(path, name, roles)],
    [fileName(PROGRAMS.take), takeScript(path, name, roles)],
    [fileName(PROGRAMS.health), healthScript(path, roles)],
    [fileName(PROGRAMS.systemctl), systemctlScript(path, roles)],
    ...(roles.length > 1 ? roles.flatMap((role) => roleFiles(path, role)) : []),
  ]);
}

/** Where there are several roles, each has programs of its own, in a folder with its name. */
function roleFiles(path: ConstructPath, role: ContainerRole): readonly (readonly [string, string])[] {
  return [
    [PROGRAMS.entryPoint, roleEntryPointScript(path, role)] as const,
    [PROGRAMS.health, roleHealthScript(path, role)] as const,
    [PROGRAMS.systemctl, roleSystemctlScript(path, role)] as const,
  ].map(([program, text]) => [`${role.name}/${fileName(program)}`, text]);
}
