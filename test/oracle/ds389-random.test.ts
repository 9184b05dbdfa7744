import fc from 'fast-check';
import { check, errorsOf } from '../../lib/check/run';
import { renderHost } from '../../lib/render/render';
import type { Topology } from '../../lib/topology/topology';
import { failover, warm } from '../support/ds389-directories';
import { randomDirectories } from '../support/random-directories';
import { runDs389 } from './ds389-network';
import { withSecrets } from './sandbox';
import { oracle } from './support';

/** Random directories that the checks accept, the same ones in each run. */
function acceptedDirectories(number: number): readonly Topology[] {
  const drawn = fc.sample(randomDirectories('ds389'), { seed: 3_892, numRuns: number * 6 });
  return drawn
    .flatMap((deployment) => (deployment ? [deployment.topology()] : []))
    .filter((topology) => errorsOf(check(topology)).length === 0)
    .slice(0, number);
}

/**
 * The same directories under names of their own: all topologies stay on one instance, as the server of version 2.3.1 ends
 * when a replica is deleted from it.
 */
const apart = (topology: Topology, index: number): Topology => ({
  ...topology,
  directories: topology.directories.map((one) => ({
    ...one,
    name: `${one.name}-${index}`,
    suffix: `${one.suffix},o=number ${index}`,
  })),
});

/** What one server of a topology gets, by the name of its file. */
function filesOf(topology: Topology, index: number): Readonly<Record<string, string>> {
  const { host } = topology.directoryServers[index % topology.directoryServers.length]!;
  return Object.fromEntries(
    renderHost(topology, host)
      .filter(({ path }) => /\/(config|agreements)\.ldif$/.test(path))
      .map((file) => [`${index}.${file.path.slice(file.path.lastIndexOf('/') + 1)}`, withSecrets(file)]),
  );
}

describe('ns-slapd', () => {
  const NUMBER = 20;

  oracle(
    'ns-slapd',
    `takes ${NUMBER} random directories that the checks accept, and holds what they say`,
    () => {
      const topologies = [failover().topology(), ...acceptedDirectories(NUMBER)];
      expect(topologies).toHaveLength(NUMBER + 1);
      const { status, stdout, stderr } = runDs389({
        topology: warm().topology(),
        timeout: 580_000,
        files: Object.assign({}, ...topologies.map(apart).map(filesOf)) as Record<string, string>,
        script: `
network
number=0
while [ -e "$files/$number.config.ldif" ]; do
  for file in config agreements; do at warm cp "$files/$number.$file.ldif" "/etc/tandem/ds389/warm/$file.ldif"; done
  at warm tandem-ds389-setup configure >/mnt/first 2>&1 || { echo "$number is refused"; cat /mnt/first; }
  grep -q 'is added' /mnt/first || echo "$number adds nothing"
  at warm tandem-ds389-setup configure >/mnt/second 2>&1 || true
  [ ! -s /mnt/second ] || { echo "$number is not held"; cat /mnt/second; }
  number=$((number + 1))
done
echo "$number topologies"
`,
      });
      expect(`${status} ${stdout}${stderr}`).toBe(`0 ${NUMBER + 1} topologies\n`);
    },
    600_000,
  );
});
