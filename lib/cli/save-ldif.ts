import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { timeStamp } from '../operate/time-stamp';
import type { Topology } from '../topology/topology';
import type { Io } from './io';
import { fileError } from './user-error';

/** Keeps what a server alone has, for its owner alone. Gives the name of the file. @throws UserError */
export function saveLdif(topology: Topology, server: string, ldif: string, io: Io, name?: string): string {
  const file = name ?? `${topology.name}-${server}-${timeStamp(io.date?.() ?? new Date())}.ldif`;
  try {
    // Entries hold passwords. What is there already may be of the last time.
    writeFileSync(path.resolve(io.directory, file), ldif, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw fileError('cannot write', file, error);
  }
  return file;
}
