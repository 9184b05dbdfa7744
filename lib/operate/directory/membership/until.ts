import { RefusedError, secondsSince, UnfinishedError } from '../../pair/operation';
import { copiesOf, failoverGroupOf } from '../copies';
import type { DirectoryOperation, Switchable } from '../directory-operation';
import { directoryStatus, type DirectoryStatus } from '../status/copy-status';
import { lookAtDirectory } from '../status/look';
import type { Judgement } from './agreement';

/** What is waited for. */
export interface UntilProps {
  readonly judge: (status: DirectoryStatus) => Judgement;
  /** For the error where a person has to change something first. */
  readonly refused: string;
  /** For the error where time is over. */
  readonly unfinished: string;
  /** Seconds. @default 600 */
  readonly limit?: number;
}

/** Milliseconds between two looks; each reads all entries. */
const POLL = 2000;
const LIMIT = 600;

/**
 * Looks at a directory again and again until nothing is missing, and says what is whenever that changes.
 * @throws RefusedError, UnfinishedError
 */
export async function until(
  work: DirectoryOperation,
  { directory }: Switchable,
  { judge, refused, unfinished, limit = LIMIT }: UntilProps,
): Promise<DirectoryStatus> {
  const { operation, topology } = work;
  const since = operation.now();
  let said = '';
  for (;;) {
    const looks = await lookAtDirectory(topology, directory, work);
    const group = failoverGroupOf(topology, directory);
    const status = directoryStatus(directory, copiesOf(topology, directory), group, looks, new Date());
    const judgement = judge(status);
    if (judgement.refused.length > 0) throw new RefusedError(refused, judgement.refused);
    if (judgement.missing.length === 0) return status;
    const text = judgement.missing.join('; ');
    if (text !== said) operation.say(`waiting: ${text}`);
    said = text;
    if (operation.interrupted.aborted || secondsSince(operation, since) >= limit)
      throw new UnfinishedError(`${unfinished} after ${secondsSince(operation, since)} s`, judgement.missing, [
        `journalctl -u slapd -u tandem-directory-gate on its host`,
        `tandem status ${topology.name}`,
      ]);
    await operation.pause(POLL);
  }
}
