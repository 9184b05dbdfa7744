import type { Topology } from '../../topology/topology';
import { dockerfile } from './dockerfile';
import { entryPointScript } from './entry-point-script';
import { healthScript } from './health-script';
import { PROGRAMS } from './places';
import { systemctlScript } from './systemctl-script';
import { takeScript } from './take-script';

/** The files that an image is built from: name to text. */
export function imageFiles({ name, path }: Topology, baseImage: string): ReadonlyMap<string, string> {
  const programs: readonly (readonly [string, string])[] = [
    [PROGRAMS.entryPoint, entryPointScript(path, name)],
    [PROGRAMS.take, takeScript(path, name)],
    [PROGRAMS.health, healthScript(path)],
    [PROGRAMS.systemctl, systemctlScript(path)],
  ];
  return new Map([
    ['Dockerfile', dockerfile(path, baseImage)],
    ...programs.map(([program, text]): [string, string] => [program.slice(program.lastIndexOf('/') + 1), text]),
  ]);
}
