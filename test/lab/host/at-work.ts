import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { LabError } from '../topology-lab/plan';
import { alive, recordOf, type ProcessRecord } from './process-record';

/** The program that works on a lab. */
interface AtWork extends ProcessRecord {
  readonly verb: string;
}

/**
 * Does something to a lab that nothing else may be done to meanwhile: of two programs that drill one lab, each would take the
 * faults of the other for failures.
 * @param file where it is written down who works
 * @param verb for the message that another one gets
 * @throws LabError while another program works
 */
export async function aloneAtWork<T>(file: string, verb: string, work: () => Promise<T>): Promise<T> {
  const other = readAtWork(file);
  if (other && alive(other))
    throw new LabError(
      `'${other.verb}' works on this lab, process ${other.pid}: wait until it has ended, or end it with its children`,
    );
  if (other) rmSync(file, { force: true });
  try {
    writeFileSync(file, `${JSON.stringify({ ...recordOf(process.pid), verb })}\n`, { flag: 'wx' });
  } catch (error) {
    if (!existsSync(file)) throw error;
    throw new LabError('another program has just begun to work on this lab: wait until it has ended');
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function readAtWork(file: string): AtWork | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as AtWork) : undefined;
}
