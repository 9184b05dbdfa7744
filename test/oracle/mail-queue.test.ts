import { files as mailServerFiles } from '../../lib/render/mail-server/files';
import { QUEUE_PROGRAM } from '../../lib/topology/mail-instances';
import { mailPair } from '../support/mail-pair';
import { type MailNetworkProps, runMailHosts } from './mail-network';
import { runOnRenderedHost } from './sandbox';
import { oracle } from './support';

const topology = mailPair();
const BOTH = 'power_on mail1; power_on mail2; queue mail1 start mx1\n';

/** The lines that a script prints, with what the hosts said where it fails. */
function lines(script: string, props: Partial<MailNetworkProps> = {}): readonly string[] {
  const { status, stdout, stderr } = runMailHosts({
    topology,
    script: `trap '[ $? -eq 0 ] || tail -n 30 /mnt/said /mnt/hosts/*.log >&2' EXIT\n${script}`,
    ...props,
  });
  if (status !== 0) throw new Error(`exit status ${status}: ${stdout}${stderr}`);
  return stdout.trimEnd().split('\n');
}

describe('the owner lives', () => {
  oracle('postfix', 'and nobody else starts its queue, not even while it hangs', () => {
    const found = lines(`${BOTH}
queue mail1 start mx1
queue mail2 start mx1
signal mail1 STOP
queue mail2 start mx1
queue mail2 status mx1
queue mail2 stop mx1
signal mail1 CONT
queue mail1 status mx1
at mail2 tandem-mail-queue status mx1 || true
at mail1 tandem-mail-queue status mx1
queue mail2 status mx2
`);
    expect(found).toEqual([
      ...['mail1 start mx1: 0', 'mail1 start mx1: 0', 'mail2 start mx1: 75', 'mail2 start mx1: 75'],
      ...['mail2 status mx1: 75', 'mail2 stop mx1: 0', 'mail1 status mx1: 0', 'held', 'running', 'mail2 status mx2: 3'],
    ]);
  });

  oracle('postfix', 'and of two that start at once one has the queue', () => {
    const found = lines(`power_on mail1; power_on mail2
(queue mail1 start mx1 >/mnt/one) & one=$!
(queue mail2 start mx1 >/mnt/two) & two=$!
wait $one $two
sort /mnt/one /mnt/two | cut -d: -f2 | sort
`);
    expect(found).toEqual([' 0', ' 75']);
  });
});

describe('the power of the owner is cut', () => {
  oracle(
    'postfix',
    'and all that waits is delivered once by the other one, and once more taken after it was given back',
    () => {
      const found = lines(`${BOTH}
send mail1 200
at mail1 tandem-mail-queue show mx1 | sed -n '/deferred/p; /active/p'
power_off mail1
sink
queue mail2 start mx1
within 60 is_empty mail2 mx1
count
ss -Hltn 'sport = :25' | wc -l
at mail2 ss -Hltn 'sport = :25' | wc -l
power_on mail1
queue mail1 start mx1
queue mail2 stop mx1
queue mail2 stop mx1
queue mail1 start mx1
send mail1 10 again
within 60 is_empty mail1 mx1
count
`);
      expect(found).toEqual([
        ...['mail1 start mx1: 0', 'active: 0', 'deferred: 200', 'mail2 start mx1: 0', '200 200', '0', '0'],
        ...['mail1 start mx1: 75', 'mail2 stop mx1: 0', 'mail2 stop mx1: 0', 'mail1 start mx1: 0', '210 210'],
      ]);
    },
  );

  oracle(
    'postfix',
    'and nothing is lost of what was on its way; what may come twice is what was being delivered',
    () => {
      const [, , counts = ''] = lines(`${BOTH}
sink 1000
send mail1 100
comes 20 30
power_off mail1
queue mail2 start mx1
within 60 is_empty mail2 mx1
count
`);
      const [delivered = 0, different = 0] = counts.split(' ').map(Number);
      expect(different).toBe(100);
      // As many at once as default_destination_concurrency_limit lets.
      expect(delivered - different).toBeLessThanOrEqual(20);
    },
  );
});

describe('a queue is handed over', () => {
  oracle('postfix', 'while it is delivered, and nothing comes twice', () => {
    const found = lines(`${BOTH}
sink 1000
send mail1 100
comes 20 30
queue mail1 stop mx1
queue mail2 start mx1
within 60 is_empty mail2 mx1
count
`);
    expect(found).toEqual(['mail1 start mx1: 0', 'mail1 stop mx1: 0', 'mail2 start mx1: 0', '100 100']);
  });

  oracle('postfix', 'while senders send, and nothing is lost or comes twice', () => {
    const found = lines(`${BOTH}
sink
senders 4 40 >/mnt/senders & senders=$!
for time in 1 2 3 4; do
  sleep 0.3
  queue mail1 stop mx1 >/dev/null
  queue mail2 start mx1 >/dev/null
  queue mail2 stop mx1 >/dev/null
  queue mail1 start mx1 >/dev/null
done
wait "$senders"
cat /mnt/senders
within 60 is_empty mail1 mx1
count
`);
    expect(found).toEqual(['mail1 start mx1: 0', '160 160']);
  });

  oracle('postfix', 'a delivery that does not end is not waited for', () => {
    const found = lines(`${BOTH}
sink 60000
send mail1 1
comes 20 1
begin=$(date +%s)
queue mail1 stop mx1
took=$(($(date +%s) - begin))
[ "$took" -ge 9 ] && [ "$took" -le 20 ] && echo in time
at mail1 ps -eo comm= | grep -c -e smtp -e qmgr || true
tail -n 2 /mnt/said
`);
    expect(found).toEqual([
      ...['mail1 start mx1: 0', 'mail1 stop mx1: 0', 'in time', '0'],
      'tandem-mail-queue: mx1: waited 10 seconds for deliveries; they may come twice',
      'tandem-mail-queue: mx1: stopped',
    ]);
  });
});

oracle('postfix', 'a master that is lost leaves deliveries behind: they end before the next one starts', () => {
  const found = lines(`${BOTH}
sink 2000
send mail1 40
comes 20 10
at mail1 sh -c 'kill -KILL $(cat /var/spool/postfix-mx1/pid/master.pid)'
at mail1 tandem-mail-queue status mx1
queue mail1 start mx1
within 60 is_empty mail1 mx1
count
`);
  expect(found).toEqual(['mail1 start mx1: 0', 'running', 'mail1 start mx1: 0', '40 40']);
});

oracle(
  'postfix',
  'a queue that was there before is started with few processes, which a slow host has no time for',
  () => {
    const [, , , processes = ''] = lines(`${BOTH}
power_off mail1
# The first process of the host counts time with processes, too.
first=$(cat /mnt/hosts/mail2.process)
kill -STOP "$first"
last() { at mail2 sh -c 'echo $$'; }
before=$(last)
queue mail2 start mx1
after=$(last)
kill -CONT "$first"
at mail2 tandem-mail-queue status mx1
echo $((after - before))
`);
    expect(Number(processes)).toBeGreaterThan(0);
    expect(Number(processes)).toBeLessThanOrEqual(45);
  },
);

oracle(
  'postfix',
  'files that lie elsewhere than their names say are put right at a start, and what is missing is made',
  () => {
    const found = lines(`${BOTH}
send mail1 20
queue mail1 stop mx1
find /mnt/queues/mx1/deferred /mnt/queues/mx1/active -type f -exec mv -t /mnt/queues/mx1/deferred {} + 2>/dev/null || true
astray() { find /mnt/queues/mx1/deferred -maxdepth 1 -type f | wc -l; }
astray
queue mail1 start mx1
astray
queue mail1 stop mx1
rm -r /mnt/queues/mx1/private /mnt/queues/mx1/hold
queue mail1 start mx1
sink
at mail1 postqueue -c /etc/postfix-mx1 -f
within 60 is_empty mail1 mx1
count
`);
    expect(found).toEqual([
      ...['mail1 start mx1: 0', 'mail1 stop mx1: 0', '20', 'mail1 start mx1: 0', '0'],
      ...['mail1 stop mx1: 0', 'mail1 start mx1: 0', '20 20'],
    ]);
  },
);

oracle('postfix', 'a queue that is not mounted is not started, and nothing of it is counted', () => {
  const found = lines(`${BOTH}
at mail2 umount /var/spool/postfix-mx2
queue mail2 start mx2
tail -n 1 /mnt/said
queue mail2 status mx2
at mail2 tandem-mail-queue show mx2
at mail2 ls /var/spool/postfix-mx2
`);
  expect(found).toEqual([
    ...['mail1 start mx1: 0', 'mail2 start mx2: 1'],
    'tandem-mail-queue: mx2: /var/spool/postfix-mx2 is not mounted',
    ...['mail2 status mx2: 3', 'server: mx2', 'home: yes', 'state: stopped'],
  ]);
});

describe.each(['mawk', 'gawk'] as const)('with %s', (awk) => {
  oracle(awk, 'the queue is shown, and who is asked for wrongly is told so', () => {
    const found = lines(
      `${BOTH}
before=$(date +%s)
send mail1 3
at mail1 tandem-mail-queue show mx1 | awk -v before="$before" '/^oldest/ { $2 = ($2 >= before && $2 <= before + 30) ? "now" : $2 } /^size/ { $2 = $2 > 1000 } { print }'
queue mail2 show other
queue mail2 begin mx1
queue mail2 --help mx1
queue mail1 stop mx1
`,
      { awk },
    );
    expect(found).toEqual([
      ...['mail1 start mx1: 0', 'server: mx1', 'home: yes', 'state: running'],
      ...['active: 0', 'incoming: 0', 'deferred: 3', 'hold: 0', 'maildrop: 0', 'oldest: now', 'size: 1'],
      ...['mail2 show other: 64', 'mail2 begin mx1: 64', 'mail2 --help mx1: 0', 'mail1 stop mx1: 0'],
    ]);
  });
});

oracle('shellcheck', 'finds nothing in the program', () => {
  const [host] = topology.hosts;
  if (!host) throw new Error('the pair has no host');
  const files = mailServerFiles(topology, host.id);
  const result = runOnRenderedHost({
    topology,
    host: host.id,
    files,
    script: `shellcheck --shell=sh ${QUEUE_PROGRAM}`,
  });
  expect(result).toEqual({ status: 0, stdout: '', stderr: '' });
});
