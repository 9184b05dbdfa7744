import { parse } from '../../render/authkeys/parse';
import { METHODS } from '../../render/authkeys/syntax';
import type { HeartbeatClusterFacts } from '../../topology/cluster';
import { authkeysMode } from '../files/rules';
import type { InputFile } from '../input';
import type { Remarks } from '../remarks';
import type { SourceMap } from '../source-map';
import { CLUSTER } from './ha-cf';

/** Name of the secret that signs heartbeats. */
export const HEARTBEAT_SECRET = 'adopted_heartbeat';

/** Reads how heartbeats are signed; the key itself is dropped. */
export function readAuthkeys(
  input: InputFile | undefined,
  remarks: Remarks,
  sources: SourceMap,
): HeartbeatClusterFacts['authentication'] {
  if (!input) return undefined;
  const { tree, errors } = parse(input.text, input.file);
  remarks.faults.push(...errors);
  if (input.mode !== undefined && (input.mode & 0o077) !== 0)
    remarks.finding(authkeysMode, {
      path: CLUSTER,
      problem: 'others than root may use authkeys, and Heartbeat does not start',
      value: (input.mode & 0o7777).toString(8).padStart(4, '0'),
      remedy: "run 'chmod 600' on it",
      location: { file: input.file, line: 1 },
    });
  const selection = tree.items.find((item) => item.kind === 'auth');
  const key = tree.items.find((item) => item.kind === 'key' && item.number === selection?.key);
  if (key?.kind !== 'key') return undefined;
  sources.add(CLUSTER, key.location, 'authentication');
  const method = METHODS.find((known) => known === key.method);
  return method && { method, secret: key.secret === undefined ? undefined : HEARTBEAT_SECRET };
}
