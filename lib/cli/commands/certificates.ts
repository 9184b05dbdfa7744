import path from 'node:path';
import { type CertificatesReport, lookAtCertificates } from '../../certificates/look';
import { type MadeCertificates, initializeCertificates, renewCertificates } from '../../certificates/make';
import type { Topology } from '../../topology/topology';
import { certificatesTable, isWell } from '../certificates-table';
import { readDeployment } from '../deployment-file';
import { EXIT, type Io } from '../io';
import { paint } from '../paint';
import { UserError, fileError } from '../user-error';

/** What all commands about certificates are told. */
interface CertificatesOptions {
  /** Where the synth wrote. */
  readonly output: string;
}

/** What `tandem certificates renew` is told. */
export interface RenewOptions extends CertificatesOptions {
  readonly days: string;
}

/** What `tandem certificates init` is told. */
export interface InitOptions extends RenewOptions {
  readonly authorityDays: string;
}

/** What `tandem certificates show` is told. */
export interface ShowOptions extends CertificatesOptions {
  readonly json?: boolean;
}

const NOTE =
  'This authority is for development. In production bring certificates of your own (DirectoryServer, property certificate).\n';

/** Makes the authority and what servers lack. Gives the exit code. */
export async function initCommand(deployment: string, options: InitOptions, io: Io): Promise<number> {
  const days = daysOf('--days', options.days);
  const authorityDays = daysOf('--authority-days', options.authorityDays);
  const topology = await readServers(deployment, options, io);
  return made(await withFiles(() => initializeCertificates({ ...props(topology, io), days, authorityDays })), io);
}

/** Makes new certificates. Gives the exit code. */
export async function renewCommand(
  deployment: string,
  servers: readonly string[],
  options: RenewOptions,
  io: Io,
): Promise<number> {
  const days = daysOf('--days', options.days);
  const topology = await readServers(deployment, options, io);
  return made(await withFiles(() => renewCertificates({ ...props(topology, io), days }, servers)), io);
}

/** Shows all certificates. Gives the exit code. */
export async function showCommand(deployment: string, options: ShowOptions, io: Io): Promise<number> {
  const topology = await readServers(deployment, options, io);
  const report = await withFiles(async () => lookAtCertificates(props(topology, io)));
  if (options.json) io.out(`${JSON.stringify(report, null, 2)}\n`);
  else io.out(text(report));
  return isWell(report) ? EXIT.clean : EXIT.findings;
}

function made(report: MadeCertificates, io: Io): number {
  const folder = path.relative(io.directory, report.folder);
  const kept = report.servers.length - report.made.length;
  const authority = report.authorityMade ? 'new authority, ' : '';
  io.out(`${report.deployment}: ${folder} (${authority}${report.made.length} new, ${kept} kept)\n`);
  for (const server of report.made) io.out(`  new  ${server}\n`);
  io.out(`\n${text(report)}`);
  return isWell(report) ? EXIT.clean : EXIT.findings;
}

function text(report: CertificatesReport): string {
  return `${certificatesTable(report, paint())}\n${report.servers.length > 0 ? NOTE : ''}`;
}

function props(topology: Topology, io: Io): { topology: Topology; directory: string; now: Date } {
  return { topology, directory: io.directory, now: io.date?.() ?? new Date() };
}

async function readServers(deployment: string, { output }: CertificatesOptions, io: Io): Promise<Topology> {
  const topology = await readDeployment(deployment, output, io);
  if (topology.directoryServers.length === 0)
    throw new UserError(`deployment ${topology.name} has no directory servers; there is nothing to certify`);
  return topology;
}

/** Twenty years, in which no clock and no format comes to its end. */
const MOST_DAYS = 7300;

function daysOf(option: string, value: string): number {
  const days = /^[1-9][0-9]{0,4}$/.test(value) ? Number(value) : Infinity;
  if (days > MOST_DAYS) throw new UserError(`${option} must be a number of days, 1 to ${MOST_DAYS}, got '${value}'`);
  return days;
}

async function withFiles<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, path: file } = error as NodeJS.ErrnoException;
    if (code === undefined || file === undefined) throw error;
    throw fileError('cannot use', file, error);
  }
}
