import fc from 'fast-check';
import { Testing } from 'cdktf';
import { MswitchTableHosts } from '../../stacks/mswitch-table-hosts';
import { OxColdStandby } from '../../stacks/ox-cold-standby';
import { OxHotStandby } from '../../stacks/ox-hot-standby';
import { check, errorsOf } from '../../lib/check/run';
import type { Topology } from '../../lib/topology/topology';
import { buildRandomPair, pairParameters } from '../support/random-pair';
import { groupwarePair } from '../support/pair';
import { topologyOf } from '../support/topology-of';
import { complaintsAbout } from './host-files';
import { oracle } from './support';

const PAIRS = 300;
const AT_ONCE = 6;
const seed = Number(process.env['TANDEM_SEED'] ?? 20040104);

const shipped: readonly (readonly [string, () => Topology])[] = [
  ['mswitch-table-hosts', () => topologyOf(new MswitchTableHosts(Testing.app()))],
  ['ox-cold-standby', () => topologyOf(new OxColdStandby(Testing.app()))],
  ['ox-hot-standby', () => topologyOf(new OxHotStandby(Testing.app()))],
  ['the pair on DRBD 9', () => groupwarePair({ drbdVersion: '9' })],
];

describe.each(shipped)('%s', (_name, topology) => {
  oracle('shellcheck', 'every program accepts the files of both nodes', async () => {
    const complaints = topology().hosts.map((host) => complaintsAbout(topology(), host));
    expect((await Promise.all(complaints)).flat()).toEqual([]);
  });
});

oracle(
  'shellcheck',
  `${PAIRS} random pairs that the checks accept give files that every program accepts`,
  async () => {
    const topologies: Topology[] = [];
    const refused = new Map<string, number>();
    for (const parameters of fc.sample(pairParameters, { numRuns: PAIRS * 2, seed })) {
      const topology = buildRandomPair(parameters).topology();
      const errors = errorsOf(check(topology));
      if (errors.length === 0) topologies.push(topology);
      for (const error of errors) refused.set(error.rule, (refused.get(error.rule) ?? 0) + 1);
      if (topologies.length === PAIRS) break;
    }
    console.log(`seed ${seed}, refused by ${JSON.stringify([...refused])}`);
    expect(topologies).toHaveLength(PAIRS);

    const complaints: string[] = [];
    const waiting = topologies.entries();
    const work = async (): Promise<void> => {
      for (const [index, topology] of waiting) {
        // The nodes differ in a few lines only: each pair sends one of them.
        const host = topology.hosts[index % 2]!;
        const found = await complaintsAbout(topology, host).catch((error: Error) => [error.message]);
        complaints.push(...found.map((complaint) => `pair ${index}, ${host.name}: ${complaint}`));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    expect(complaints).toEqual([]);
  },
  40 * 60_000,
);
