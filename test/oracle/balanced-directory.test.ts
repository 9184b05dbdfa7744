import { renderHost } from '../../lib/render/render';
import { balancedFailover } from '../support/open-ldap-directories';
import { BALANCER, configurationOf } from './haproxy';
import { runSlapds } from './slapd-network';
import { oracle } from './support';

const topology = balancedFailover().topology();

const run = (script: string): string => {
  const { status, stdout, stderr } = runSlapds({
    topology,
    files: { 'haproxy.cfg': configurationOf(renderHost(topology, 'hq/lb1')) },
    script: `suffix=dc=example,dc=com
password=secret-openldap_balanced_directory_admin
${BALANCER}
network
ip address add 192.0.2.100/32 dev bridge
balance "$files/haproxy.cfg"
${script}`,
    timeout: 120_000,
  });
  return status === 0 && stderr === '' ? stdout : `${status} ${stdout}${stderr}`;
};

oracle(
  'haproxy',
  'sends writes where the database takes them, through a switch, and reads to servers that are open (S5, S6, F13)',
  () => {
    const output = run(`
shows 10 front-3389 'one:UP two:DOWN'
shows 10 front-389 'one:UP two:UP three:UP'
added() { # COMMON-NAME: through the balancer
  printf 'dn: %s\\nchangetype: add\\n%b\\n' "$1" "$2" |
    ldapmodify -x -H ldap://192.0.2.100:3389 -D "cn=admin,$suffix" -w "$password" >/dev/null
}
added "$suffix" 'objectClass: domain\\ndc: example'
has one "$suffix" || echo 'one lacks the entry'

configure one 'replace: olcReadOnly\\nolcReadOnly: TRUE\\n-\\nreplace: olcUpdateRef\\nolcUpdateRef: ldaps://two-host\\n'
begin=$(now)
within 20 has two "$suffix"
configure two 'replace: olcUpdateRef\\nolcUpdateRef: ldaps://two-host\\n-\\nreplace: olcReadOnly\\nolcReadOnly: FALSE\\n'
shows 10 front-3389 'one:DOWN two:UP'
echo "switch $(($(now) - begin))"
shows 1 front-389 'one:UP two:UP three:UP'
added "cn=later,$suffix" 'objectClass: organizationalRole\\ncn: later'
has two "cn=later,$suffix" || echo 'two lacks the later entry'
within 10 has three "cn=later,$suffix"
for try in 1 2 3 4 5 6; do
  ldapsearch -x -LLL -H ldap://192.0.2.100 -s base -b "cn=later,$suffix" 1.1 >/dev/null || echo "a read failed: $?"
done

end three.gate TERM
begin=$(now)
configure three 'replace: olcRestrict\\nolcRestrict: all\\n'
shows 10 front-389 'one:UP two:UP three:DOWN'
echo "closed $(($(now) - begin))"
configure three 'delete: olcRestrict\\n'
shows 10 front-389 'one:UP two:UP three:UP'

begin=$(now)
kill -STOP "$(cat /mnt/two.pid)"
shows 10 front-3389 'one:DOWN two:DOWN'
shows 10 front-389 'one:UP two:DOWN three:UP'
echo "hang $(($(now) - begin))"
kill -CONT "$(cat /mnt/two.pid)"
shows 10 front-3389 'one:DOWN two:UP'
shows 10 front-389 'one:UP two:UP three:UP'
said_why | sort
`);
    const times = [...output.matchAll(/^(switch|closed|hang) (\d+)$/gm)].map(([, what, time]) => `${what} ${time} ms`);
    process.stdout.write(`HAProxy sees it after: ${times.join(', ')}\n`);
    expect(output.replace(/^(switch|closed|hang) \d+\n/gm, '')).toBe(
      `Server front-3389/one is DOWN, reason: Layer7 invalid response
Server front-3389/two is DOWN, reason: Layer7 invalid response
Server front-3389/two is DOWN, reason: Layer7 timeout
Server front-3389/two is UP, reason: Layer7 check passed
Server front-3389/two is UP, reason: Layer7 check passed
Server front-389/three is DOWN, reason: Layer7 invalid response
Server front-389/three is UP, reason: Layer7 check passed
Server front-389/two is DOWN, reason: Layer7 timeout
Server front-389/two is UP, reason: Layer7 check passed
`,
    );
    for (const [, what, time] of output.matchAll(/^(closed|hang) (\d+)$/gm))
      expect([what, Number(time) < 4500]).toEqual([what, true]);
  },
  150_000,
);
