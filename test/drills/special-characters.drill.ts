import fc from 'fast-check';
import { runSlapds } from '../oracle/slapd-network';
import { oracle } from '../oracle/support';
import { failoverWithShadow } from '../support/open-ldap-directories';

/** All that a name, a line of LDIF, a filter or a shell could stumble over. */
const SPECIAL = [
  ...',+"\\<>;=# ()*/|&!~:@%{}[]$\'`?^_-.\n\t\u0001\u007f',
  'ä',
  'ß',
  '€',
  '𝒳',
  'e\u0301',
  'İ',
  'x',
  'Y',
];

const text = (least: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...SPECIAL), { minLength: least, maxLength: 12 }).map((all) => all.join(''));

interface Case {
  readonly cn: string;
  readonly description: string;
}

/** Each name is one of its own, also where slapd takes several blanks for one and both cases for the same. */
const CASES: readonly Case[] = [
  { cn: `all ${SPECIAL.join('')} of them`, description: ` :<${SPECIAL.join('')} ` },
  ...fc.sample(fc.record({ cn: text(0), description: text(1) }), { seed: 8_642, numRuns: 40 }),
].map(({ cn, description }, index) => ({ cn: `${index} ${cn}.`, description: `${description}${index}` }));

const base64 = (value: string): string => Buffer.from(value, 'utf8').toString('base64');

/** RFC 4514: special characters after a backslash, control characters by number, as a person would write them. */
const nameOf = ({ cn }: Case): string =>
  `cn=${cn
    .replace(/[,+"\\<>;=]/g, '\\$&')
    .replace(
      /\p{Cc}/gu,
      (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
    )},dc=example,dc=com`;

/** RFC 4515: what has a meaning in a filter by number. */
const filterOf = ({ cn, description }: Case): string => {
  const value = (plain: string): string =>
    plain.replace(/[*()\\\p{Cc}]/gu, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `(&(cn=${value(cn)})(description=${value(description)}))`;
};

/** The values of an entry as ldapsearch prints it, with lines that are not wrapped. */
function printed(lines: readonly string[], attribute: string): readonly string[] {
  return lines.flatMap((line) => {
    if (line.startsWith(`${attribute}:: `))
      return [Buffer.from(line.slice(attribute.length + 3), 'base64').toString('utf8')];
    return line.startsWith(`${attribute}: `) ? [line.slice(attribute.length + 2)] : [];
  });
}

describe('names, values and filters with every special character', () => {
  oracle(
    'slapd',
    'are written at the master, and read back unchanged by name and by filter at master, mirror and shadow',
    () => {
      const topology = failoverWithShadow().topology();
      const { status, stdout, stderr } = runSlapds({
        topology,
        timeout: 150_000,
        files: {
          'entries.ldif': CASES.map(
            (one) =>
              `dn:: ${base64(nameOf(one))}\nchangetype: add\nobjectClass: person\ncn:: ${base64(one.cn)}\nsn: x\ndescription:: ${base64(one.description)}\n\n`,
          ).join(''),
          cases: CASES.map((one) => `${base64(nameOf(one))} ${base64(filterOf(one))}\n`).join(''),
        },
        script: `
suffix=dc=example,dc=com
password=secret-${topology.directoryServers[0]!.administratorSecret}
network
comes_to 30 one writes
add_suffix one
change one <"$files/entries.ldif" >/dev/null
printf 'dn: %s\\nchangetype: modify\\nreplace: description\\ndescription: written last\\n' "$suffix" | change one >/dev/null
for name in $names; do within 30 has "$name" "$suffix" 'description: written last' || echo "$name lacks the last change"; done
search() { ldapsearch -x -LLL -o ldif-wrap=no -H "ldap://$(address_of "$name")" "$@" cn description || true; }
for name in $names; do
  number=0
  while read -r dn filter; do
    echo "# $name $number by name"
    search -s base -b "$(printf %s "$dn" | base64 -d)"
    echo "# $name $number by filter"
    search -b "$suffix" "$(printf %s "$filter" | base64 -d)"
    number=$((number + 1))
  done <"$files/cases"
done
`,
      });
      expect([status, stderr]).toEqual([0, '']);
      const found = stdout
        .split(/^# /m)
        .filter((block) => block.trim() !== '')
        .map((block) => {
          const [heading, ...lines] = block.split('\n');
          return [heading, printed(lines, 'cn'), printed(lines, 'description')];
        });
      expect(found).toEqual(
        ['four', 'one', 'three', 'two'].flatMap((server) =>
          CASES.flatMap(({ cn, description }, index) =>
            ['name', 'filter'].map((way) => [`${server} ${index} by ${way}`, [cn], [description]]),
          ),
        ),
      );
    },
    160_000,
  );
});
