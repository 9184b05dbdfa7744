import { threeSuppliers } from '../support/open-ldap-directories';
import { oracle } from '../oracle/support';
import type { DrillAccount } from './account';
import { runDirectoryDrill, type DrillResult } from './directory-drill';
import { countsOf, countsText, differences } from './verdict';

/** Three is cut off from one and two for a while: by packets that vanish without a word, or by its cable. */
const CUTS = {
  silent: { hurt: 'isolate three', mend: 'mend' },
  cable: { hurt: 'unplug three', mend: 'plug three' },
} as const;

/** One side changes an entry, then the other one changes another attribute of it. */
const both = (entry: string): string =>
  ['one', 'three']
    .map(
      (server) =>
        `tries ${server} "dn: cn=${entry},$suffix\\nchangetype: modify\\nreplace: ${ATTRIBUTES[server as 'one' | 'three']}\\n${ATTRIBUTES[server as 'one' | 'three']}: of ${server}\\n"`,
    )
    .join('\n');
const ATTRIBUTES = { one: 'description', three: 'telephoneNumber' } as const;
const kept = (entry: string): string =>
  `for name in $names; do
  for attribute in description telephoneNumber; do
    if sees "$name" cn=${entry} "($attribute=*)"; then echo "held $name kept ${entry}/$attribute"; fi
  done
done`;

function drill(partitionPolicy: 'available' | 'quorum', cut: keyof typeof CUTS): DrillResult {
  return runDirectoryDrill({
    topology: threeSuppliers({ partitionPolicy }).topology(),
    ...{ kind: 'cut-off', servers: ['three'], ...CUTS[cut] },
    early: both('early'),
    meanwhile: both('late'),
    afterwards: `${kept('early')}\n${kept('late')}`,
  });
}

/** What became of the four changes of the drill itself: of early and late, at one and at three. */
function changes({ said, held }: DrillAccount): readonly string[] {
  const there = held.get('one kept') ?? new Set();
  return ['early', 'late'].flatMap((entry, index) =>
    (['one', 'three'] as const).map((server, side) => {
      const { code } = said[index * 2 + side]!;
      const outcome = there.has(`${entry}/${ATTRIBUTES[server]}`) ? 'kept' : code === 0 ? 'reversed' : 'not made';
      return `${entry} at ${server}: ${code === 0 ? 'acknowledged' : `refused (${code})`}, ${outcome}`;
    }),
  );
}

describe.each(['silent', 'cable'] as const)('one of three suppliers is cut off (%s)', (cut) => {
  oracle(
    'slapd',
    "with policy 'available' both sides take writes, none is lost, and the earlier change of an entry is reversed (Q15, Q16)",
    () => {
      const result = drill('available', cut);
      process.stdout.write(countsText(`available, ${cut}`, countsOf(result)));
      process.stdout.write(
        changes(result.account)
          .map((line) => `  ${line}\n`)
          .join(''),
      );
      expect(result.predicted.conflicts).toBe('while-apart');
      expect(differences(result)).toEqual([]);
      expect(changes(result.account)).toEqual([
        'early at one: acknowledged, reversed',
        'early at three: acknowledged, kept',
        'late at one: acknowledged, reversed',
        'late at three: acknowledged, kept',
      ]);
    },
    220_000,
  );

  oracle(
    'slapd',
    "with policy 'quorum' the minority refuses writes after its guard has noticed, and what it took before can reverse others (Q12, Q14)",
    () => {
      const result = drill('quorum', cut);
      process.stdout.write(countsText(`quorum, ${cut}`, countsOf(result)));
      process.stdout.write(
        changes(result.account)
          .map((line) => `  ${line}\n`)
          .join(''),
      );
      expect(result.predicted.conflicts).toBe('in-window');
      expect(differences(result)).toEqual([]);
      // The two changes came within the least window.
      const { said, events } = result.account;
      expect(said[1]!.time - events.get('hurt')!).toBeLessThan(result.predicted.window!.lower);
      expect(changes(result.account)).toEqual([
        'early at one: acknowledged, reversed',
        'early at three: acknowledged, kept',
        'late at one: acknowledged, kept',
        'late at three: refused (53), not made',
      ]);
    },
    220_000,
  );
});
