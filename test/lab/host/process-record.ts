import { readFileSync, readdirSync } from 'node:fs';
import { until } from './execute';

/** A process group that a lab started. The start time tells it from a later process with the same id. */
export interface ProcessRecord {
  readonly pid: number;
  /** Clock ticks since the machine booted. */
  readonly started: string;
}

/** The record of a process that runs now; undefined when it has ended. */
export function recordOf(pid: number): ProcessRecord | undefined {
  const stat = statOf(pid);
  return stat && { pid, started: stat.started };
}

/** Whether the process of a record still runs. */
export function alive(record: ProcessRecord): boolean {
  const stat = statOf(record.pid);
  return stat !== undefined && stat.started === record.started && stat.state !== 'Z';
}

/**
 * Ends a process group for good, without letting it tidy up: a power cut.
 * @returns whether it is gone
 */
export async function killGroup(record: ProcessRecord): Promise<boolean> {
  if (statOf(record.pid)?.started !== record.started) return true;
  try {
    process.kill(-record.pid, 'SIGKILL');
  } catch {
    return true;
  }
  return until(5, () => membersOf(record.pid).length === 0, 0.05);
}

/** Processes of a group that have not ended; what has ended and was not waited for yet holds nothing any more. */
function membersOf(group: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const stat = statOf(pid);
      return stat !== undefined && stat.group === group && stat.state !== 'Z';
    });
}

interface Stat {
  readonly state: string;
  readonly group: number;
  readonly started: string;
}

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name of the program, in parentheses, may itself hold spaces and parentheses.
    const [state, ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const started = fields[18];
    return state === undefined || started === undefined ? undefined : { state, group: Number(fields[1]), started };
  } catch {
    return undefined;
  }
}
