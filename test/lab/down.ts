import { rmSync } from 'node:fs';
import type { LabDirectory } from './host/directory';
import { Namespace } from './host/namespace';
import { killGroup, type ProcessRecord } from './host/process-record';
import { LabError } from './topology-lab/plan';

/**
 * Ends everything that a lab has started, by the ids that were written down, and removes its network and its folder.
 * Images and trees stay for the next one.
 */
export async function down(directory: LabDirectory): Promise<void> {
  const { state, running } = directory;
  const left: number[] = [];
  const end = async (record: ProcessRecord | undefined): Promise<void> => {
    if (record && !(await killGroup(record))) left.push(record.pid);
  };
  // The daemon first: it would start a node again that a neighbour resets meanwhile.
  await end(state.daemon);
  for (const record of [...Object.values(running.nodes), ...Object.values(running.cables)]) await end(record);
  if (left.length > 0)
    throw new LabError(`these processes did not end: ${left.join(', ')}; the lab is kept, try again`);
  await new Namespace(state.namespace).remove();
  rmSync(directory.path, { recursive: true, force: true });
}
