import os from 'node:os';
import path from 'node:path';
import { runMailHosts } from '../oracle/mail-network';
import { oracle } from '../oracle/support';
import { mailPair } from '../support/mail-pair';
import { HALF_A_CORE } from './processors';
import { median } from '../lab/median';

/** How busy the machine is, beside a figure that depends on it. */
const load = (): string => `load ${os.loadavg()[0]?.toFixed(1)} on ${os.cpus().length} cores`;

const say = (line: string): boolean => process.stdout.write(`${line}; ${load()}\n`);

/** The numbers of lines `NAME NUMBER...` by their names, in the order in which they were printed. */
function run(script: string): (name: string) => readonly (readonly number[])[] {
  const { status, stdout, stderr } = runMailHosts({ topology: mailPair(), timeout: 170_000, script });
  if (status !== 0) throw new Error(`exit status ${status}: ${stdout}${stderr}`);
  const lines = stdout.split('\n').map((line) => line.split(' '));
  return (name) => lines.filter(([first]) => first === name).map(([, ...numbers]) => numbers.map(Number));
}

const now = `now() { echo "$(($(date +%s%N) / 1000000))"; } # milliseconds\n`;
const START_BOTH = `
for server in 1 2; do power_on "mail$server"; done
queue mail1 start mx1
queue mail2 start mx2
`;

const MESSAGES = 400;
const ROUNDS = 5;

describe('numbers of mail', () => {
  oracle(
    'postfix',
    'a pair accepts at least 1.7 times of one server, each with half a core',
    () => {
      const numbers = run(`${now}${HALF_A_CORE}
power_on mail1
power_on mail2
half_a_core mail1
half_a_core mail2
limited mail1 tandem-mail-queue start mx1
limited mail2 tandem-mail-queue start mx2
sink
delivered=0
# NAME HOST...: messages for each host at once; prints how long they took to be accepted, and of each host the processor time
# until all were delivered
load() {
  name=$1
  shift
  for each; do eval "before_$each=$(used "$each")"; done
  begin=$(now)
  senders=
  for each; do
    send "$each" ${MESSAGES} &
    senders="$senders $!"
    delivered=$((delivered + ${MESSAGES}))
  done
  for sender in $senders; do wait "$sender"; done
  line="$name $(($(now) - begin))"
  comes 60 "$delivered"
  within 10 is_empty mail1 mx1
  within 10 is_empty mail2 mx2
  for each; do eval "line=\\"\\$line $(($(used "$each") - before_$each))\\""; done
  echo "$line"
}
load first mail1 mail2
for round in $(seq ${ROUNDS}); do
  load one mail1
  load pair mail1 mail2
done
`);
      const [one, pair] = [numbers('one'), numbers('pair')];
      expect([one.length, pair.length]).toEqual([ROUNDS, ROUNDS]);
      // What half a core would accept in a second, if it were all that is short.
      const rate = (used: number | undefined): number => (MESSAGES / (used ?? Number.NaN)) * 1e6 * 0.5;
      const alone = one.map(([, used]) => rate(used));
      const together = pair.map(([, first, second]) => rate(first) + rate(second));
      // Rounds that followed each other had the same machine.
      const ratio = median(together.map((value, round) => value / (alone[round] ?? Number.NaN)));
      const clock = median(pair.map(([took = 0], round) => (2 * (one[round]?.[0] ?? Number.NaN)) / took));
      const perSecond = (rounds: typeof one, messages: number): string =>
        median(rounds.map(([took = 0]) => (messages / took) * 1000)).toFixed(0);
      say(
        `one server takes and delivers ${median(alone).toFixed(0)} messages in a second of its half of a core, a pair ${median(together).toFixed(0)}, ratio ${ratio.toFixed(2)}; ` +
          `accepted in a second of the clock: ${perSecond(one, MESSAGES)} and ${perSecond(pair, 2 * MESSAGES)}, ratio ${clock.toFixed(2)}`,
      );
      expect(ratio).toBeGreaterThanOrEqual(1.7);
    },
    180_000,
  );

  oracle(
    'postfix',
    'what a queue on a disk costs',
    () => {
      // mx1 has its queue on ext4 with barriers, in a file on the disk of this machine; mx2 on a tmpfs, which writes nowhere.
      const numbers = run(`${now}
image=$(dirname "$0")/disk
truncate -s 512M "$image"
mkfs.ext4 -q "$image"
mount -o loop,barrier=1 "$image" /mnt/queues/mx1
rmdir /mnt/queues/mx1/lost+found
device=$(awk '$2 == "/mnt/queues/mx1" { print $1 }' /proc/mounts)
flushes() { awk '{ print $16 }' "/sys/block/\${device#/dev/}/stat"; }
${START_BOTH}
sink
delivered=0
accept() { # NAME HOST
  delivered=$((delivered + ${MESSAGES}))
  begin=$(now)
  send "$2" ${MESSAGES}
  echo "$1 $(($(now) - begin))"
  comes 60 "$delivered"
}
before=$(flushes)
for round in $(seq ${ROUNDS}); do
  accept disk mail1
  accept memory mail2
done
echo "flushes $(($(flushes) - before))"
power_off mail1
`);
      const [disk, memory] = [numbers('disk'), numbers('memory')].map((rounds) => rounds.map(([took = 0]) => took));
      expect([disk?.length, memory?.length]).toEqual([ROUNDS, ROUNDS]);
      const flushes = (numbers('flushes')[0]?.[0] ?? Number.NaN) / (ROUNDS * MESSAGES);
      // What is accepted is on the disk; several that come at once share a flush.
      expect(flushes).toBeGreaterThan(0.1);
      const rate = (rounds: readonly number[] = []): string => ((MESSAGES / median(rounds)) * 1000).toFixed(0);
      const ratio = median((disk ?? []).map((took, round) => took / (memory?.[round] ?? Number.NaN)));
      say(
        `accepted in a second: ${rate(disk)} with the queue on ext4 with barriers, ${rate(memory)} on a tmpfs, ratio of times ${ratio.toFixed(2)}; flushes of the disk for a message: ${flushes.toFixed(1)}`,
      );
    },
    180_000,
  );

  describe.each([0, 1000, 20_000])('with %i messages queued', (queued) => {
    oracle(
      'postfix',
      'a queue that is taken over is delivered again within 5 s',
      () => {
        const copies = path.join(__dirname, 'mail-copies.mjs');
        const numbers = run(`${now}${START_BOTH}
deferred() { at mail1 tandem-mail-queue show mx1 | sed -n 's/deferred: //p'; }
are_deferred() { [ "$(deferred)" = "$1" ]; }
if [ ${queued} -gt 0 ]; then
  smtp-source -m 1 -f sender@example.org -t u00000@example.com 192.0.2.11:25
  within 10 are_deferred 1
  queue mail1 stop mx1
  '${process.execPath}' '${copies}' /mnt/queues/mx1 ${queued}
  chown -R --reference=/mnt/queues/mx1/deferred /mnt/queues/mx1/deferred
  at mail1 postsuper -c /etc/postfix-mx1 -s 2>/dev/null
  queue mail1 start mx1
fi
echo "queued $(deferred)"
power_off mail1
sink
begin=$(now)
queue mail2 start mx1
echo "started $(($(now) - begin))"
if [ ${queued} -gt 0 ]; then comes 30 1; fi
echo "first $(($(now) - begin))"
comes 120 ${queued}
echo "all $(($(now) - begin))"
echo "came $(count)"
`);
        const [[waiting], [started], [first = Number.NaN], [all], came] = [
          ...['queued', 'started', 'first', 'all', 'came'].map((name) => numbers(name)[0] ?? []),
        ] as [number[], number[], number[], number[], number[]];
        say(
          `take-over with ${queued} messages: started after ${started} ms, first delivered after ${first} ms, all after ${all} ms`,
        );
        expect({ waiting, came }).toEqual({ waiting: queued, came: [queued, queued] });
        expect(first).toBeLessThanOrEqual(5000);
      },
      180_000,
    );
  });
});
