import { forcedSwitch } from '../../operate/switch/forced';
import { plannedSwitch } from '../../operate/switch/planned';
import type { Io } from '../io';
import { operate, secondsOf, type OperateOptions } from '../operate';
import { UserError } from '../user-error';

/** What `tandem switch` is told. */
export interface SwitchOptions extends OperateOptions {
  readonly to: string;
  readonly group?: string;
  readonly timeout?: string;
  readonly forced?: boolean;
  readonly confirmOff?: string;
  readonly fence?: boolean;
  readonly acceptInconsistent?: boolean;
}

/** Hands groups to a node, or makes them start there. Gives the exit code. */
export function switchCommand(deployment: string, options: SwitchOptions, io: Io): Promise<number> {
  const timeout = secondsOf('--timeout', options.timeout);
  if (!options.forced) {
    const forcedOnly = [
      ...(options.confirmOff === undefined ? [] : ['--confirm-off']),
      ...(options.fence ? ['--fence'] : []),
      ...(options.acceptInconsistent ? ['--accept-inconsistent'] : []),
    ];
    if (forcedOnly.length > 0) throw new UserError(`${forcedOnly.join(' and ')} works with --forced only; add it`);
    const { to, group } = options;
    return operate(deployment, options, io, (operation, topology) =>
      plannedSwitch(operation, topology, { to, group, timeout }),
    );
  }
  if (options.confirmOff !== undefined && options.fence)
    throw new UserError('--confirm-off and --fence exclude each other; a node that is off needs no fencing device');
  const { to, group, confirmOff, fence = false, acceptInconsistent = false } = options;
  return operate(deployment, options, io, (operation, topology) =>
    forcedSwitch(operation, topology, { to, group, timeout, confirmOff, fence, acceptInconsistent }),
  );
}
