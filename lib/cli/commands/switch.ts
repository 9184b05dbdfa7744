import { forcedDirectorySwitch } from '../../operate/directory/switch/forced';
import { plannedDirectorySwitch } from '../../operate/directory/switch/planned';
import { forcedMailSwitch } from '../../operate/mail/switch/forced';
import { plannedMailSwitch } from '../../operate/mail/switch/planned';
import type { Operation } from '../../operate/pair/operation';
import { siteSwitch } from '../../operate/site/site-switch';
import { forcedSwitch } from '../../operate/switch/forced';
import { plannedSwitch } from '../../operate/switch/planned';
import type { Topology } from '../../topology/topology';
import type { DirectoryOptions } from '../directory-options';
import { directoryWork } from '../directory-servers';
import type { Io } from '../io';
import { operate, secondsOf, type OperateOptions } from '../operate';
import { saveLdif } from '../save-ldif';
import { checkWords, switchKind, type SwitchWords } from '../switch-kind';

/** What `tandem switch` is told. */
export interface SwitchOptions extends OperateOptions, DirectoryOptions, SwitchWords {}

/**
 * Hands something to another node, server, host or site, or makes it go on there: one choice, and a state that is told before and
 * after, for whoever does it seldom and from afar (F17). Gives the exit code.
 */
export function switchCommand(deployment: string, options: SwitchOptions, io: Io): Promise<number> {
  const timeout = secondsOf('--timeout', options.timeout);
  checkWords(options);
  const { to = '', forced = false, group, directory, mail = '', site = '', confirmOff } = options;
  const { fence = false, acceptInconsistent = false, acceptLoss = false, cutOff = false } = options;
  return operate(deployment, options, io, (operation, topology) => {
    switch (switchKind(topology, options)) {
      case 'cluster':
        return forced
          ? forcedSwitch(operation, topology, { to, group, timeout, confirmOff, fence, acceptInconsistent })
          : plannedSwitch(operation, topology, { to, group, timeout });
      case 'directory': {
        const work = directoryWork(deployment, options, io, operation, topology);
        return forced
          ? forcedDirectorySwitch(work, { to, directory, timeout, acceptLoss })
          : plannedDirectorySwitch(work, { to, directory, timeout });
      }
      case 'mail':
        return forced
          ? forcedMailSwitch(operation, topology, { server: mail, to, timeout, confirmOff })
          : plannedMailSwitch(operation, topology, { server: mail, to, timeout });
      case 'site':
        return siteSwitch(
          {
            operation,
            topology,
            directories: directoriesOf(deployment, options, io, operation, topology),
            save: (server, ldif) => saveLdif(topology, server, ldif, io),
          },
          { site, forced, cutOff, acceptLoss, confirmOff, fence, acceptInconsistent, timeout },
        );
    }
  });
}

/** Without directories no certificate of an authority is needed. */
function directoriesOf(
  deployment: string,
  options: SwitchOptions,
  io: Io,
  operation: Operation,
  topology: Topology,
): ReturnType<typeof directoryWork> | undefined {
  return topology.directories.length === 0 ? undefined : directoryWork(deployment, options, io, operation, topology);
}
