import { updatePause } from '../../lib/predict/replication/update-pause';
import { runSlapds } from '../oracle/slapd-network';
import { oracle } from '../oracle/support';
import { periodicConsumer } from '../support/open-ldap-directories';

/** Times at which a copy showed something new. */
const ARRIVALS = 4;

describe('an agreement with an interval', () => {
  oracle(
    'slapd',
    'brings changes once in an interval and none in between, while they are made all the time (R9, R32)',
    () => {
      const topology = periodicConsumer().topology();
      const predicted = updatePause(topology.replicationAgreements[0]!.updateMode)!;
      process.stdout.write(
        `predicted: an update after ${predicted.lower} to ${predicted.upper} ms, and nothing between\n`,
      );
      const { status, stdout, stderr } = runSlapds({
        topology,
        timeout: 150_000,
        script: `
suffix=dc=example,dc=com
password=secret-${topology.directoryServers[0]!.administratorSecret}
network
comes_to 30 one writes
add_suffix one
within 30 has reader "$suffix" || echo 'reader lacks the suffix'
# A change every tenth of a second, numbered
number=0
while :; do
  number=$((number + 1))
  printf 'dn: %s\\nchangetype: modify\\nreplace: description\\ndescription: %s\\n\\n' "$suffix" "$number"
  sleep 0.1
done | change one >/mnt/written &
shown() { ldapsearch -x -LLL -H "ldap://$(address_of reader)" -s base -b "$suffix" description | sed -n 's/^description: //p'; }
seen=$(shown)
arrivals=0
while [ "$arrivals" -lt ${ARRIVALS} ]; do
  now=$(shown)
  if [ "$now" != "$seen" ]; then
    arrivals=$((arrivals + 1))
    seen=$now
    echo "arrival $(date +%s%3N) $now"
  fi
  sleep 0.02
done
`,
      });
      expect([status, stderr]).toEqual([0, '']);
      const arrivals = [...stdout.matchAll(/^arrival (\d+) (\d+)$/gm)].map(([, time, number]) => [
        Number(time),
        Number(number),
      ]) as [number, number][];
      expect(stdout.replace(/^arrival .*\n/gm, '')).toBe('');
      expect(arrivals).toHaveLength(ARRIVALS);
      const pauses = arrivals.slice(1).map(([time], index) => time - arrivals[index]![0]);
      process.stdout.write(`measured: ${pauses.join(', ')} ms\n`);
      for (const pause of pauses) {
        expect(pause).toBeGreaterThanOrEqual(predicted.lower);
        expect(pause).toBeLessThanOrEqual(predicted.upper);
      }
      // Each brings many changes at once: what came up since.
      for (const [index, [, number]] of arrivals.slice(1).entries())
        expect(number - arrivals[index]![1]).toBeGreaterThan(10);
    },
    160_000,
  );
});
