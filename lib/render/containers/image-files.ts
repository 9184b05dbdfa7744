import type { Topology } from '../../topology/topology';
import { dockerfile } from './dockerfile';
import { containerEngine } from './engines';
import { entryPointScript } from './entry-point-script';
import { healthScript } from './health-script';
import { PROGRAMS } from './places';
import { systemctlScript } from './systemctl-script';
import { takeScript } from './take-script';

/** The files that an image is built from: name to text. */
export function imageFiles(topology: Topology, baseImage: string): ReadonlyMap<string, string> {
  const { name, path } = topology;
  const engine = containerEngine(topology);
  const programs: readonly (readonly [string, string])[] = [
    [PROGRAMS.entryPoint, entryPointScript(path, name, engine)],
    [PROGRAMS.take, takeScript(path, name, engine)],
    [PROGRAMS.health, healthScript(path, engine)],
    [PROGRAMS.systemctl, systemctlScript(path, engine)],
  ];
  return new Map([
    ['Dockerfile', dockerfile(path, engine, baseImage)],
    ...programs.map(([program, text]): [string, string] => [program.slice(program.lastIndexOf('/') + 1), text]),
  ]);
}
