import type { Topology } from '../../lib/topology/topology';
import { failoverWithShadow } from '../support/open-ldap-directories';
import { outputAmongSlapds } from './directory-commands';
import { oracle } from './support';

const built = failoverWithShadow().topology();
const [site] = built.sites;
if (!site) throw new Error('the fixture has no site');

/** The master on one site, its mirrors and a consumer on another one that goes on without it. */
const topology: Topology = {
  ...built,
  sites: [...built.sites, { ...site, id: 'dr', path: `${built.name}/dr` }],
  hosts: built.hosts.map((host) => (host.name === 'one-host' ? host : { ...host, site: 'dr' })),
  disasterRecoverySites: [
    {
      ...{ id: 'recovery', path: `${built.name}/recovery`, name: 'recovery', site: 'dr', primary: site.id },
      ...{ mailPairs: [], directoryServers: ['two', 'three', 'four'], volumes: [], nameServers: [], secretStores: [] },
      failover: { mail: 'automatic', directory: 'operator', queues: 'operator' },
      promisedRecovery: 86_400_000,
    },
  ],
};

oracle(
  'slapd',
  'moves the master with the site, by force and back, and there never is a second one (S9, F25)',
  () => {
    const output = outputAmongSlapds(
      topology,
      `
entry one everywhere
for name in two three four; do within 10 has_entry "$name" everywhere; done
stop one KILL
echo '--- the host of the lost site answers'
tandem switch --site dr --forced --yes
echo '--- its clients do not reach it'
tandem switch --site dr --forced --cut-off --yes | sed 's/20[0-9-]* [0-9:]* UTC/THEN/'
entry three after
echo '--- once more'
tandem switch --site dr --forced --cut-off --yes | tail -n 3
start one
within 20 sh -c 'grep -q "a returned master" /mnt/one.gate.log'
for name in $names; do case $(state "$name") in writes*) echo "$name takes writes" ;; esac; done
echo '--- the way back'
tandem switch --site primary --yes | sed 's/returned-.*/returned-TIME/; s/after [0-9]* s/after N s/; s/openldap-failover-one-[0-9TZ]*/openldap-failover-one-TIME/; s/for [0-9.]* s/for N s/'
for name in $names; do within 20 has_entry "$name" after || echo "$name lacks what came later"; done
for name in $names; do case $(state "$name") in writes*) echo "$name takes writes" ;; esac; done
echo '--- once more'
tandem switch --site primary --yes | tail -n 3
`,
    );
    expect(output.split(/^--- .*\n/m)).toEqual([
      '',
      `looking at site dr, and whether ${site.id} answers
tandem: site dr can not be switched to; nothing was changed
  - host one-host of site ${site.id} answers: switch without --forced, which loses nothing (tandem switch openldap-failover --site dr)
  - or add --cut-off, when clients do not reach site ${site.id} and this machine does
exit 1
`,
      `looking at site dr, and whether ${site.id} answers
step 1 of 1: the master of directory people
looking at the servers of directory people
three holds all that the members which answer have
two holds all that the members which answer have
what one acknowledged after THEN and sent to nobody is not there until it comes back, and then to be looked through (tandem rejoin)
not asked, and not told: one; one of them may hold more
three: takes writes as ldaps://three-host
all that answer follow three
not told: one; when it is back: tandem switch openldap-failover --to three
site dr serves
exit 0
`,
      `three is master of people already; nothing to do
site dr serves
exit 0
three takes writes
`,
      `looking at site ${site.id}, and whether dr answers
step 1 of 1: the master of directory people
looking at the servers of directory people
reading what one and three hold, on their hosts
one has nothing that the group lacks
one-host: stopping slapd, moving /var/lib/ldap/people away, starting slapd
one-host: what it held is kept in /var/lib/ldap/people.returned-TIME
one is a mirror of three after N s, with the same 3 entries
looking at the servers of directory people
three is master of people; one is to become it (nobody can write for a moment, 10 s at most)
three: takes no more writes
one: takes writes; nobody could write for N s
all that answer follow one
site ${site.id} serves
exit 0
one takes writes
`,
      `one is master of people already; nothing to do
site ${site.id} serves
exit 0
`,
    ]);
  },
  300_000,
);
