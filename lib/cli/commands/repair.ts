import { repairSplitBrain } from '../../operate/repair/split-brain';
import type { Io } from '../io';
import { operate, secondsOf, type OperateOptions } from '../operate';

/** What `tandem repair split-brain` is told. */
export interface RepairOptions extends OperateOptions {
  readonly discard: string;
  readonly resource?: string;
  readonly save?: string;
  readonly show?: boolean;
  readonly timeout?: string;
}

/** Ends a split brain by discarding one side. Gives the exit code. */
export function repairSplitBrainCommand(deployment: string, options: RepairOptions, io: Io): Promise<number> {
  const { discard, resource, save, show = false } = options;
  const timeout = secondsOf('--timeout', options.timeout) ?? 3600;
  return operate(deployment, { ...options, yes: options.yes || show }, io, (operation, topology) =>
    repairSplitBrain(operation, topology, { discard, resource, save, show, timeout }),
  );
}
