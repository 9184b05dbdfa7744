import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { FileActivation, RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { headerComment } from '../header';
import type { ServiceFacts } from '../../topology/service';
import { renderedUnit } from '../systemd/rendered-unit';
import { section } from '../systemd/unit-file';
import { build } from './build';
import { SOCKET_DIRECTORY } from './places';
import { printCyrus, printImapd } from './print';

/** A file of this name hides the one of Debian's package (tmpfiles.d(5)). */
const TMPFILES = '/etc/tmpfiles.d/cyrus-imapd.conf';

/** Files of the Cyrus IMAP server. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const configuration = build(topology, host);
  if (!configuration) return [];
  const { service } = configuration;
  const header = headerComment(service.path);
  const activation: FileActivation = { kind: 'reload-if-active', unit: service.unit };
  const common = { owner: 'root', group: 'root', mode: '0644', secrets: [], source: service.path } as const;
  return FormatError.naming(service.path, () => [
    {
      ...common,
      path: '/etc/cyrus.conf',
      content: header + printCyrus(configuration.sections),
      checker: 'cyrus',
      activation,
    },
    {
      ...common,
      path: '/etc/imapd.conf',
      content: header + printImapd(configuration.options),
      checker: 'cyrus',
      activation,
    },
    // Debian's unit has no reload; the master reads cyrus.conf again at SIGHUP (master(8)).
    dropIn(service, 'reload', ['ExecReload', '/bin/kill -HUP $MAINPID']),
    dropIn(service, 'directories', ['ExecStartPre', MAKE_DIRECTORIES]),
    ...(configuration.takesMailFromPostfix ? [socketDirectory(service.path, header)] : []),
  ]);
}

/**
 * Debian's package makes the directories below `configdirectory` when it is installed; here they lie on a file system
 * that was empty. Once made they cost one process at a start.
 */
const MAKE_DIRECTORIES =
  '/bin/sh -c \'cd "$$(sed -n "s/^configdirectory: *//p" /etc/imapd.conf)" && { test -d proc || exec /usr/lib/cyrus/bin/makedirs; }\'';

function dropIn({ path, unit }: ServiceFacts, name: string, setting: readonly [string, string]): RenderedFile {
  return renderedUnit(`${unit}.d/tandem-${name}.conf`, path, [section('Service', [setting])]);
}

/** Debian keeps Postfix out of the sockets' folder; its group is let in, nobody else. */
function socketDirectory(source: string, header: string): RenderedFile {
  return {
    path: TMPFILES,
    content: `${header}d /run/cyrus 0755 cyrus mail - -\nd ${SOCKET_DIRECTORY} 0750 cyrus postfix - -\n`,
    mode: '0644',
    owner: 'root',
    group: 'root',
    secrets: [],
    source,
    activation: { kind: 'command', command: `systemd-tmpfiles --create ${TMPFILES}` },
  };
}
