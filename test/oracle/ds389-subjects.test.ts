import fc from 'fast-check';
import { check } from '../../lib/check/run';
import { peerRecord } from '../../lib/render/ds389/server';
import type { Topology } from '../../lib/topology/topology';
import { warm } from '../support/ds389-directories';
import { runDs389 } from './ds389-network';
import { oracle } from './support';

const SPECIAL = [..."+,=;<>#()/|&!~:@%{}$'`?^_-. ", 'ä', 'ß', '€', '𝒳', 'e\u0301'];

/** The name of one character for each byte, so that nothing depends on how this test escapes. */
const byNumber = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');

/** The value as openssl takes it in a subject. */
const forOpenssl = (value: string): string => value.replace(/[/+\\]/g, '\\$&');

const topology = warm().topology();

/** What the rule says of a server with such a common name. */
function refused(value: string): boolean {
  const changed: Topology = {
    ...topology,
    directoryServers: topology.directoryServers.map((one) => ({ ...one, identity: `cn=${byNumber(value)},o=Example` })),
  };
  return check(changed).some(({ rule }) => rule === 'replication/certificate-syntax');
}

describe('389 Directory Server', () => {
  oracle(
    'ns-slapd',
    'knows a supplier by a subject with every special character that the rule lets through, and takes * in one for anything',
    () => {
      const random = fc.sample(
        fc.array(fc.constantFrom(...SPECIAL), { minLength: 1, maxLength: 8 }).map((all) => all.join('')),
        { seed: 38_901, numRuns: 12 },
      );
      // A common name has 64 characters at most.
      const each = [0, 1, 2, 3].map((part) => SPECIAL.filter((_, index) => index % 4 === part).join('x'));
      const values = [...each, ...random, '"', '\\'].map((value, index) => `n${index}${value}n`);
      const [server] = topology.directoryServers;
      const subjects = values.map((value, index) => {
        const record = peerRecord({ ...server!, name: `p${index}`, identity: `cn=${byNumber(value)},o=Example` });
        const found = record.kind === 'entry' && record.attributes.find(({ name }) => name === 'nsCertSubjectDN');
        const dn = found && typeof found.value === 'string' ? found.value : '';
        return `p${index}\t/O=Example/CN=${forOpenssl(value)}\t${Buffer.from(dn).toString('base64')}\n`;
      });
      const { status, stdout, stderr } = runDs389({
        topology,
        files: { subjects: subjects.join('') },
        script: `
password=secret-ds389_warm_directory_admin
network
tab=$(printf '\\t')
while IFS="$tab" read -r name subject dn; do
  certificate "$name" x "$subject"
  printf 'dn: cn=peer %s,cn=config\\nchangetype: add\\nobjectClass: top\\nobjectClass: nsContainer\\nobjectClass: nsAccount\\ncn: peer %s\\nnsCertSubjectDN:: %s\\n' "$name" "$name" "$dn" | change warm >/dev/null
  echo "$name $(LDAPTLS_CERT=/mnt/$name.crt LDAPTLS_KEY=/mnt/$name.key ldapwhoami -Q -Y EXTERNAL -H "$(url warm)" 2>&1 | head -n 1)"
done <"$files/subjects"
certificate stranger x '/O=Ex*/CN=n5*'
echo "stranger $(LDAPTLS_CERT=/mnt/stranger.crt LDAPTLS_KEY=/mnt/stranger.key ldapwhoami -Q -Y EXTERNAL -H "$(url warm)" 2>&1 | head -n 1)"
`,
      });
      expect(`${status} ${stderr}\n${stdout}`).toBe(
        `0 \n${values
          .map((value, index) =>
            refused(value)
              ? `p${index} ldap_sasl_interactive_bind: Invalid credentials (49)\n`
              : `p${index} dn: cn=peer p${index},cn=config\n`,
          )
          .join('')}stranger dn: cn=peer p5,cn=config\n`,
      );
      expect(values.filter(refused)).toEqual([`n${values.length - 2}"n`, `n${values.length - 1}\\n`]);
      expect(['a*', '*'].filter(refused)).toEqual(['a*', '*']);
    },
    200_000,
  );
});
