import { addMirror, type MembershipRequest } from '../../operate/directory/membership/add-mirror';
import { retire } from '../../operate/directory/membership/retire';
import type { DirectoryOperation } from '../../operate/directory/directory-operation';
import type { DirectoryOptions } from '../directory-options';
import { directoryWork } from '../directory-servers';
import type { Io } from '../io';
import { operate, secondsOf } from '../operate';
import type { RemoteOptions } from '../remote-options';

/** What `tandem add-mirror` and `tandem retire` are told. */
export interface MembershipOptions extends RemoteOptions, DirectoryOptions {
  readonly directory?: string;
  readonly timeout?: string;
}

/** Waits until a new mirror holds everything. Gives the exit code. */
export const addMirrorCommand = (
  deployment: string,
  server: string,
  options: MembershipOptions,
  io: Io,
): Promise<number> => membershipCommand(addMirror, deployment, server, options, io);

/** Waits until a member may go. Gives the exit code. */
export const retireCommand = (
  deployment: string,
  server: string,
  options: MembershipOptions,
  io: Io,
): Promise<number> => membershipCommand(retire, deployment, server, options, io);

function membershipCommand(
  carryOut: (work: DirectoryOperation, request: MembershipRequest) => Promise<void>,
  deployment: string,
  server: string,
  options: MembershipOptions,
  io: Io,
): Promise<number> {
  const { directory } = options;
  const timeout = secondsOf('--timeout', options.timeout);
  // Nothing is changed, so nobody is asked.
  return operate(deployment, { ...options, yes: true }, io, (operation, topology) =>
    carryOut(directoryWork(deployment, options, io, operation, topology), { server, directory, timeout }),
  );
}
