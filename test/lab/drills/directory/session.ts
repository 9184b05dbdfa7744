import type { MeasuredReturn } from '../../../../lib/predict/replication/server-return';
import { planDirectoryClients, WRITER } from '../../clients/directory-plan';
import type { ClientSettings } from '../../clients/folder';
import type { Operation } from '../../clients/ledger';
import { secretsOf } from '../../terraform-environment';
import { ClientSession } from '../client-session';
import { secretFile } from '../prepare';
import type { Servers } from './servers';

/** What clients of a directory are told. */
export function directoryClientSettings(
  { lab, topology, directory, all, members }: Servers,
  run: string,
): ClientSettings {
  const facts = members.map((server) => server.facts);
  const secret = facts[0]?.administratorSecret ?? '';
  return {
    run,
    plan: planDirectoryClients(
      topology,
      directory,
      all.map((server) => server.facts),
      facts,
    ),
    ssh: [],
    administratorPassword: secretFile(lab, 'administrator', secretsOf(lab, topology)[secret]),
    userPassword: secretFile(lab, 'user', undefined),
  };
}

/** One run of a drill on the servers of a directory. */
export class DirectorySession extends ClientSession {
  constructor(
    readonly servers: Servers,
    /** The node of the master at the beginning. */
    readonly master: string,
    run: string,
    /** The returns of servers that were measured, of which the times of predictions come. */
    readonly returns: readonly MeasuredReturn[],
    report: (line: string) => void,
  ) {
    super(servers.lab, directoryClientSettings(servers, run), report);
  }

  /** Nobody but the writer writes: every server has what it has written. */
  protected override written(): readonly Operation[] {
    return this.ledger(WRITER);
  }
}
