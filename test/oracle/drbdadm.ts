import type { DrbdVersion } from '../../lib/topology/drbd';
import { runInNamespace } from './support';

/** Programs that read drbd.conf(5), by generation; nothing that reads 0.7 is left. */
export const DRBDADM: Readonly<Record<Exclude<DrbdVersion, '0.7'>, string>> = {
  '8.4': '/usr/lib/drbd/drbdadm-84',
  '9': '/usr/sbin/drbdadm',
};

/** The host a drbd.conf is read on. */
export interface DrbdHost {
  readonly hostname: string;
  /** Addresses of the host, without prefix length: drbdadm refuses a resource whose address is not its own. */
  readonly addresses: readonly string[];
}

/** Verdict of a program about a file. */
export interface Verdict {
  readonly accepted: boolean;
  /** What the program found wrong, line by line. */
  readonly complaints: readonly string[];
  /** What the program made of the file. */
  readonly output: string;
}

// Said when the kernel module or the tool that looks for it is missing; says nothing about the file.
const ABOUT_THE_MACHINE = [/modinfo/u, /Module drbd not found/u, /^\s*$/u];

/** Whether drbdadm of a generation reads a file on a host: it dumps it and has nothing to say. */
export function drbdadmAccepts(conf: string, version: keyof typeof DRBDADM, host: DrbdHost): Verdict {
  const result = runInNamespace([DRBDADM[version], '-c', '{}/drbd.conf', 'dump'], {
    hostname: host.hostname,
    addresses: host.addresses.map((address) => ({ address: `${address}/${address.includes(':') ? 128 : 32}` })),
    files: { 'drbd.conf': conf },
  });
  const complaints = result.stderr.split('\n').filter((line) => !ABOUT_THE_MACHINE.some((about) => about.test(line)));
  return { accepted: result.status === 0 && complaints.length === 0, complaints, output: result.stdout };
}
