import type { ServiceFacts, ServicePortFacts } from '../../topology/service';
import { QUEUE_PROGRAM } from '../../topology/mail-instances';
import { quoteCommand } from '../shell/quote';

/**
 * The command that exits with 0 while a service does its work: it asks the service itself, so that a process that
 * stands still is found as well as one that is gone. The watcher gives it its time limit.
 * @param atHome whether the host is the preferred one of the service's group
 */
export function probeOf(service: ServiceFacts, atHome: boolean): string {
  const { settings, ports, unit } = service;
  switch (settings.kind) {
    case 'openldap':
      return directoryProbe(settings.suffix, portOf(ports, 389));
    case 'postgresql':
      return databaseProbe(portOf(ports, 5432));
    case 'cyrus-imap':
      return offersOnlyTls(ports, 143, 993) ? unitProbe(unit) : bannerProbe(portOf(ports, 143), '* OK', '. LOGOUT');
    case 'postfix':
      return offersOnlyTls(ports, 25, 465) ? unitProbe(unit) : bannerProbe(portOf(ports, 25), '220', 'QUIT');
    case 'mail-server':
      // Away it takes no mail and greets nobody.
      return atHome
        ? bannerProbe(portOf(ports, 25), '220', 'QUIT')
        : quoteCommand([QUEUE_PROGRAM, 'status', settings.serverName]);
    case 'saslauthd':
      // Any verdict on a user who does not exist proves that a worker and what it asks are alive.
      return "testsaslauthd -u tandem-monitor -p none 2>&1 | grep -q '^0: '";
    case 'generic':
      return settings.probe ?? unitProbe(unit);
  }
}

/** The answer 32, no such object, is one of a directory that works: a restart would not bring an entry back. */
function directoryProbe(suffix: string, port: number): string {
  const scheme = port === 636 ? 'ldaps' : 'ldap';
  const search = quoteCommand([
    ...['ldapsearch', '-x', '-LLL', '-H', `${scheme}://127.0.0.1:${port}`],
    ...['-s', 'base', '-b', suffix, '1.1'],
  ]);
  return `${port === 636 ? 'LDAPTLS_REQCERT=never ' : ''}${search}; case $? in 0 | 32) ;; *) exit 1 ;; esac`;
}

function databaseProbe(port: number): string {
  const select = quoteCommand([
    ...['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups', '--'],
    ...['psql', '-X', '-q', '-w', '-p', String(port), '-d', 'postgres', '-c', 'select 1'],
  ]);
  return `pg_isready -q -p ${port} && ${select}`;
}

/** The kernel takes connections for a process that stands still; only the process itself can greet. */
function bannerProbe(port: number, greeting: string, farewell: string): string {
  const script =
    'exec 3<>"/dev/tcp/127.0.0.1/$1" && IFS= read -r line <&3 && ' +
    'case $line in "$2"*) printf "%s\\r\\n" "$3" >&3 ;; *) exit 1 ;; esac';
  return quoteCommand(['bash', '-c', script, 'banner', String(port), greeting, farewell]);
}

function unitProbe(unit: string): string {
  return quoteCommand(['systemctl', 'is-active', '--quiet', unit]);
}

function portOf(ports: readonly ServicePortFacts[], standard: number): number {
  const declared = ports.filter(({ protocol }) => protocol === 'tcp').map(({ port }) => port);
  return declared.includes(standard) ? standard : Math.min(...declared, ...(declared.length === 0 ? [standard] : []));
}

/** A greeting behind TLS is out of reach of the plain probe. */
function offersOnlyTls(ports: readonly ServicePortFacts[], plain: number, tls: number): boolean {
  return ports.some(({ port }) => port === tls) && !ports.some(({ port }) => port === plain);
}
