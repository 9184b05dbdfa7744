import { renderHost } from '../../lib/render/render';
import { cascade } from '../support/open-ldap-directories';
import { withSecrets } from '../oracle/sandbox';
import { oracle } from '../oracle/support';
import { runDirectoryDrill } from './directory-drill';
import { countsOf, countsText, differences } from './verdict';

/** What each server gets when a consumer is led past its hub: LDIF and gate, by the names of `runSlapds`. */
function repointedFiles(): Readonly<Record<string, string>> {
  const topology = cascade({ repointed: true }).topology();
  const names = { '/etc/ldap/slapd.ldif': 'ldif', '/usr/local/sbin/tandem-directory-gate': 'gate' } as const;
  return Object.fromEntries(
    topology.directoryServers.flatMap(({ name, host }) =>
      renderHost(topology, host).flatMap((file) => {
        const end = names[file.path as keyof typeof names];
        return end ? [[`repointed.${name}.${end}`, withSecrets(file)]] : [];
      }),
    ),
  );
}

describe('a hub between a group and two consumers', () => {
  oracle(
    'slapd',
    'is killed: consumers behind it answer with what they have until it is back or until they are led past it, others notice nothing',
    () => {
      const result = runDirectoryDrill({
        topology: cascade().topology(),
        ...{ kind: 'servers-lost', servers: ['hub'], files: repointedFiles() },
        hurt: 'stop hub KILL',
        // All the servers that run get what the changed stack says, as an apply brings it.
        meanwhile: `
at_moment=$(last_of one)
lagging() { ! sees "$1" "uid=$at_moment"; }
for name in below moved; do lagging "$name" || echo "trouble: $name has what its hub does not bring"; done
held below before
for name in one two moved beside; do
  cp "$files/repointed.$name.ldif" "/mnt/$name/ldap/slapd.ldif"
  at "$name" sh "$files/$name.config" online >/mnt/online 2>&1 || { echo "trouble: $name does not take it"; cat /mnt/online; }
  end "$name.gate" TERM
  cp "$files/repointed.$name.gate" "$files/$name.gate"
  gate "$name"
done
within 30 sees moved "uid=$at_moment" || echo 'trouble: moved does not catch up past the hub'
lagging below || echo 'trouble: below has what its hub does not bring'
event repointed`,
        mend: `cp "$files/repointed.hub.ldif" /mnt/hub/ldap/slapd.ldif
cp "$files/repointed.hub.gate" "$files/hub.gate"
start hub`,
      });
      process.stdout.write(countsText('a cascade without its hub', countsOf(result)));
      expect(result.predicted.servers.map(({ name, hears }) => `${name}: ${hears.join()}`)).toEqual([
        ...['below: ', 'beside: one', 'one: ', 'two: one', 'hub: ', 'moved: '],
      ]);
      // What was led past the hub hears the master, which the prediction, made before, does not know.
      expect(differences(result).filter((line) => !line.startsWith('moved has '))).toEqual([]);
      expect(result.account.events.has('repointed')).toBe(true);
    },
    220_000,
  );
});
