import { renderHost } from '../../lib/render/render';
import { buildMail } from '../support/mail';
import { BALANCER, configurationOf } from './haproxy';
import { oracle, runInNamespace } from './support';

const topology = buildMail('table').topology();
const files = renderHost(topology, 'hq/hq-lb1');
const address = (last: number): { readonly interface: string; readonly address: string } => ({
  interface: 'eth0',
  address: `192.0.2.${last}/24`,
});

const SERVERS = `set -eu
files=$1
sink() { smtp-sink -h "$1" -u postfix "192.0.2.$2:25" 100 >/dev/null 2>"/mnt/$1.log" & echo $! >"/mnt/$1.pid"; } # NAME LAST
mount -t tmpfs tmpfs /mnt
sink mail1 11
sink mail2 12
${BALANCER}
balance "$files/haproxy.cfg"
greeting() { timeout 5 sh -c 'printf "QUIT\\r\\n" | socat -t 3 - TCP:192.0.2.100:25' | sed -n 's/^220 \\([a-z0-9]*\\).*/\\1/p'; }
connections() { for try in 1 2 3 4 5 6 7 8 9 10; do greeting; done | sort | uniq -c | tr -s ' \\n' ' '; }
asked() { code=0; sh "$files/answers" || code=$?; echo "$code"; }
lost() { # SIGNAL
  begin=$(now)
  kill "-$1" "$(cat /mnt/mail1.pid)"
  shows 10 front-hq-25 'mx-hq-mail1:DOWN mx-hq-mail2:UP'
  echo "$1 $(($(now) - begin))"
}
shows 5 front-hq-25 'mx-hq-mail1:UP mx-hq-mail2:UP'
`;

oracle(
  'haproxy',
  'gives mail servers equal shares, and finds one that hangs or is killed within its times; keepalived finds a HAProxy that hangs (S3, E33)',
  () => {
    const { status, stdout, stderr } = runInNamespace(['sh', '{}/run', '{}'], {
      hostname: 'hq-lb1',
      addresses: [11, 12, 13, 100].map(address),
      files: {
        'haproxy.cfg': configurationOf(files),
        answers: files.find(({ path }) => path === '/etc/keepalived/tandem-haproxy-answers')?.content ?? '',
        run: `${SERVERS}
connections; echo
lost STOP
connections; echo
kill -CONT "$(cat /mnt/mail1.pid)"
shows 10 front-hq-25 'mx-hq-mail1:UP mx-hq-mail2:UP'
connections; echo
lost KILL
connections; echo
said_why

echo "answers $(asked)"
worker=$(cut -d' ' -f1 "/proc/$(cat /run/haproxy.pid)/task/$(cat /run/haproxy.pid)/children")
kill -STOP "$worker"
begin=$(now)
echo "hangs $(asked)"
[ $(($(now) - begin)) -lt 3000 ] || echo 'the check hangs too'
kill -KILL "$worker"
echo "is killed $(asked)"
`,
      },
    });
    const times = [...stdout.matchAll(/^(STOP|KILL) (\d+)$/gm)].map(([, what, time]) => [what, Number(time)] as const);
    process.stdout.write(
      `HAProxy finds a mail server lost after: ${times.map((one) => one.join(' ')).join(' ms, ')} ms\n`,
    );
    expect({ status, stderr, stdout: stdout.replace(/^(STOP|KILL) \d+\n/gm, '') }).toEqual({
      status: 0,
      stderr: '',
      stdout: ` 5 mail1 5 mail2 
 10 mail2 
 5 mail1 5 mail2 
 10 mail2 
Server front-hq-25/mx-hq-mail1 is DOWN, reason: Layer7 timeout
Server front-hq-25/mx-hq-mail1 is UP, reason: Layer7 check passed
Server front-hq-25/mx-hq-mail1 is DOWN, reason: Layer4 connection problem
answers 0
hangs 1
is killed 1
`,
    });
    expect(times.map(([what, time]) => [what, time < 4500])).toEqual([
      ['STOP', true],
      ['KILL', true],
    ]);
  },
);
