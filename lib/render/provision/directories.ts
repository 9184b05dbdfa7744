import type { ServiceFacts } from '../../topology/service';
import { matching } from '../pattern';

/** A directory that must be there before a service starts for the first time. */
export interface StateDirectory {
  readonly directory: string;
  readonly owner: string;
  readonly group: string;
  /** For instance `0700`. */
  readonly mode: string;
  /** PostgreSQL only: initdb(1) of this version fills the directory. */
  readonly initdb?: string;
}

/** The directories of a group's services, each once: parents before what they hold. */
export function directoriesOf(services: readonly ServiceFacts[]): readonly StateDirectory[] {
  const found = new Map<string, StateDirectory>();
  for (const service of services) for (const one of directoriesOfService(service)) found.set(one.directory, one);
  return [...found.values()].sort((a, b) => a.directory.length - b.directory.length);
}

/** Owners and modes are those of the packages of Debian. */
function directoriesOfService({ settings, state }: ServiceFacts): StateDirectory[] {
  switch (settings.kind) {
    case 'openldap':
      return [{ directory: settings.dataDirectory, owner: 'openldap', group: 'openldap', mode: '0700' }];
    case 'postgresql':
      return [
        {
          directory: settings.dataDirectory,
          owner: 'postgres',
          group: 'postgres',
          mode: '0700',
          initdb: version(settings.version),
        },
      ];
    case 'cyrus-imap':
      return [settings.configurationDirectory, settings.mailPartition].map((directory) => ({
        directory,
        owner: 'cyrus',
        group: 'mail',
        mode: '0750',
      }));
    case 'postfix':
      // Postfix makes what is below its queue directory itself, with the owners it wants (postfix(1), "check").
      return [
        root(settings.queueDirectory),
        { directory: settings.dataDirectory, owner: 'postfix', group: 'postfix', mode: '0700' },
      ];
    case 'mail-server':
      // As above; its data directory is on the host's own disk, where Postfix makes it.
      return state.filter(({ expendable }) => expendable === undefined).map(({ directory }) => root(directory));
    case 'saslauthd':
      return [];
    case 'generic':
      return state.map(({ directory }) => root(directory));
  }
}

const root = (directory: string): StateDirectory => ({ directory, owner: 'root', group: 'root', mode: '0755' });

function version(text: string): string {
  return matching({
    format: 'provision',
    what: 'the version of PostgreSQL',
    value: text,
    pattern: /^[0-9]+(\.[0-9]+)?$/,
    problem: 'is no number',
    remedy: "write it as in '/usr/lib/postgresql', for instance 15",
  });
}
