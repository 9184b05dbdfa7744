import { initializeCertificates } from '../../../../lib/certificates/make';
import { applyStack, type DeployOptions } from '../deploy';
import { inNetwork } from '../prepare';
import type { Servers } from './servers';
import { directoryClientSettings } from './session';

/** Seconds from the end of an apply until all servers serve. */
const OPEN = 150;

/**
 * Brings the servers of a lab from empty disks to work: certificates, Terraform, what clients need. Whatever is done
 * already is left alone.
 * @throws LabError with what did not come
 */
export async function deployDirectory(servers: Servers, options: DeployOptions): Promise<void> {
  const { lab, topology } = servers;
  const { report } = options;
  // Beside the lab's own copy of the output, which is where the stack looks for them.
  const { made } = await initializeCertificates({
    directory: lab.directory.file('terraform'),
    topology,
    now: new Date(),
    days: 30,
    authorityDays: 30,
  });
  report(`certificates: ${made.length} made`);
  const passed = await applyStack(lab, options);
  report(await inNetwork(lab, { kind: 'suffix', settings: directoryClientSettings(servers, 'prepare') }));
  report(`${await servers.whole(OPEN)} is master, all servers serve after ${passed()}`);
}
