import { instanceDirectory } from '../../topology/mail-instances';
import type { MailHost, MailInstance } from '../mail-server/build';
import { plainName } from '../pattern';
import { directory } from '../postfix/words';
import type { ShellScript } from '../shell/script';
import { PROCESSES } from './processes';
import { SHOW } from './show';
import { START_AND_STOP } from './start-and-stop';

/**
 * `tandem-mail-queue`: the only thing that starts and stops the instances of a pair (S4). A queue has one writer: Postfix holds
 * the lock of its `pid/master.pid` while it runs, and this program that of `tandem-lock` while it starts or ends one.
 */
export function queueScript({ pair, instances }: MailHost): ShellScript {
  return {
    source: pair.path,
    variables: [
      ['servers', instances.map(words).join('\n')],
      ['patience', PATIENCE],
    ],
    body: [BEGINNING, PROCESSES, START_AND_STOP, SHOW, END].join('\n'),
  };
}

/** Seconds for which a stop waits for deliveries in progress. */
const PATIENCE = 10;

/** What the program knows of an instance: words without blanks. */
function words({ server, home }: MailInstance): string {
  const { storage } = server.queue;
  return [
    plainName('shell', 'the name of a mail server', server.name),
    home ? 'yes' : 'no',
    storage.kind === 'local' ? 'no' : 'yes',
    instanceDirectory(server),
    directory(server.queue.directory, 'the queue directory'),
  ].join(' ');
}

const BEGINNING = `PATH=$PATH:/usr/sbin:/sbin
export PATH

usage() {
  cat <<END
Usage: tandem-mail-queue start|stop|status|show SERVER

Starts and stops the Postfix instance of a mail server of this pair on this
host, at home and away: away it delivers what lies in the queue and takes
nothing.

  start   exit status 0 it runs, 1 failed, 75 another one has the queue
  stop    waits for deliveries in progress; 0 it does not run any more
  status  prints running, stopped or held: 0, 3, 75
  show    the queue in lines of a key and a value

Servers: $(echo "$servers" | awk '{ printf "%s ", $1 }')
END
}

say() {
  printf 'tandem-mail-queue: %s: %s\\n' "$server" "$1" >&2
  logger -t tandem-mail-queue -p daemon.notice -- "$server: $1" 2>/dev/null || :
}

fail() { # TEXT [STATUS]
  say "$1"
  exit "\${2:-1}"
}
`;

const END = `action=\${1-}
server=\${2-}
case $action in
  start | stop | status | show) ;;
  --help)
    usage
    exit 0
    ;;
  *)
    usage >&2
    exit 64
    ;;
esac
found=
while read -r name home mounted config queue; do
  if [ "$name" = "$server" ]; then
    found=yes
    break
  fi
done <<LIST
$servers
LIST
if [ -z "$found" ]; then
  printf "tandem-mail-queue: there is no server '%s' here\\n" "$server" >&2
  exit 64
fi
cd /
runs=/run/tandem/mail-queue/$server.group
{
  read -r programs
  read -r data
  read -r owner
} <<SETTINGS
$(postconf -c "$config" -h daemon_directory data_directory mail_owner)
SETTINGS
"\${action}_instance"
`;
