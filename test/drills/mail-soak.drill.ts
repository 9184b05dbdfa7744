import os from 'node:os';
import path from 'node:path';
import { runMailHosts } from '../oracle/mail-network';
import { oracle } from '../oracle/support';
import { mailPair } from '../support/mail-pair';

/** `npm run lab:soak -- --mail` asks for the long one. */
const LONG = process.env['TANDEM_SOAK'] === 'mail';
/** Messages, how many are sent in a second, kills, and seconds between them. */
const { messages, rate, kills, between } = LONG
  ? { messages: 10_000, rate: 33, kills: 10, between: 30 }
  : { messages: 1000, rate: 50, kills: 2, between: 9 };
/** Seconds from a kill until the host is there again. */
const AWAY = 4;
/** As many at once as Postfix delivers to one destination (default_destination_concurrency_limit). */
const CONCURRENCY = 20;

const sender = path.join(__dirname, '../docker/mail/sender.mjs');

// The hosts are killed in turns. Each is known to be dead, which is what fencing is for, before its peer has its queue.
const SCRIPT = `
now() { echo "$(($(date +%s%N) / 1000000))"; }
power_on mail1; power_on mail2
queue mail1 start mx1; queue mail2 start mx2
sink 200
mkfifo /mnt/sending
'${process.execPath}' '${sender}' example.com 0 ${messages} ${rate} 192.0.2.11 192.0.2.12 </mnt/sending >/mnt/sent &
sender=$!
exec 7>/mnt/sending
begin=$(now)
kill_and_return() { # HOST SERVER PEER
  power_off "$1"
  killed=$(now)
  queue "$3" start "$2"
  echo "taken $(($(now) - killed))"
  within 30 has_passed $((killed + ${AWAY * 1000}))
  power_on "$1"
  queue "$3" stop "$2"
  queue "$1" start "$2"
}
has_passed() { [ "$(now)" -ge "$1" ]; }
for number in $(seq ${kills}); do
  within ${between + 60} has_passed $((begin + number * ${between} * 1000 - ${between * 500}))
  if [ $((number % 2)) = 1 ]; then kill_and_return mail1 mx1 mail2; else kill_and_return mail2 mx2 mail1; fi
done
within ${Math.ceil(messages / rate) * 2 + 60} grep -q '^ended$' /mnt/sent
exec 7>&-
wait "$sender"
at mail1 postqueue -c /etc/postfix-mx1 -f
at mail2 postqueue -c /etc/postfix-mx2 -f
within 120 is_empty mail1 mx1
within 120 is_empty mail2 mx2
sed 's/^/sent /' /mnt/sent
sed 's/^[^ ]* n\\([0-9]*\\)@.*/came \\1/' /mnt/mail
`;

oracle(
  'postfix',
  `of ${messages} messages none that was accepted is lost while a host is killed ${kills} times, every ${between} s`,
  () => {
    const timeout = Math.ceil((messages / rate) * 3 + 240) * 1000;
    const { status, stdout, stderr } = runMailHosts({ topology: mailPair(), script: SCRIPT, timeout });
    if (status !== 0) throw new Error(`exit status ${status}: ${stdout.slice(-2000)}${stderr.slice(-4000)}`);
    const lines = stdout.split('\n').map((line) => line.split(' '));
    const of = (...first: readonly string[]) =>
      lines.filter((words) => first.every((word, index) => words[index] === word));
    const accepted = of('sent', 'accepted');
    const times = accepted.map(([, , , time]) => Number(time)).sort((a, b) => a - b);
    const came = of('came').map(([, number]) => number);
    const different = new Set(came);
    const taken = of('taken').map(([, time]) => Number(time));
    const unknown = of('sent', 'failed').length;
    const pause = Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? time)));
    process.stdout.write(
      `${accepted.length} of ${messages} messages accepted, ${unknown} without an answer; ${different.size} came, ${came.length - different.size} of them once more; ` +
        `take-over after ${Math.min(...taken)} to ${Math.max(...taken)} ms, longest time without an accepted message ${pause} ms; ` +
        `load ${os.loadavg()[0]?.toFixed(1)} on ${os.cpus().length} cores\n`,
    );
    expect(taken).toHaveLength(kills);
    expect(accepted.length + unknown).toBe(messages);
    expect(accepted.map(([, , number]) => number).filter((number) => !different.has(number))).toEqual([]);
    // Of one server is delivered at a time what it tells of; a message of a client that got no answer may come, too.
    expect(came.length - different.size).toBeLessThanOrEqual(kills * CONCURRENCY);
    expect(accepted.length).toBeGreaterThanOrEqual(messages * 0.95);
  },
  LONG ? 1_300_000 : 320_000,
);
