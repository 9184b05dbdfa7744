import type { LabNode, LabPlan } from '../topology-lab/plan';
import { contains } from '../topology-lab/addresses';
import { execute, must, type ExecuteOptions, type Outcome } from './execute';

/** The network of a lab: bridges and cables in a network namespace that has no way out. */
export class Namespace {
  constructor(readonly name: string) {}

  /**
   * Makes bridges, cables and addresses. The namespace must not exist.
   * @param tree the tree of the image, which has an ethtool
   */
  async create(plan: LabPlan, tree: string): Promise<void> {
    await must('ip', ['netns', 'add', this.name]);
    await this.links([
      'link set lo up',
      ...plan.networks.flatMap((network) => [
        // Without snooping a bridge needs no querier to pass multicast on.
        `link add ${network.bridge} type bridge mcast_snooping 0`,
        `addr add ${network.client} dev ${network.bridge}`,
        `link set ${network.bridge} up`,
      ]),
      ...plan.fencing.flatMap((device) => {
        const network = plan.networks.find((candidate) => contains(candidate.client, device.address));
        return network ? [`addr add ${device.address} dev ${network.bridge}`] : [];
      }),
      ...plan.nodes.flatMap((node) =>
        node.interfaces.flatMap(({ tap, bridge }) => [
          `tuntap add dev ${tap} mode tap`,
          `link set ${tap} master ${bridge}`,
          `link set ${tap} up`,
        ]),
      ),
    ]);
    // A client of the lab would send segments that a node without offloads drops: 5 MB took 78 s, and 2 to 6 s like this.
    // Not on the cables themselves: there User-Mode Linux turns them on again whenever a node starts.
    for (const { bridge } of plan.networks) {
      const ethtool = ['/usr/sbin/ethtool', '-K', bridge, 'tso', 'off', 'gso', 'off'];
      await must('ip', ['netns', 'exec', this.name, 'chroot', tree, ...ethtool]);
    }
  }

  /** Removes the namespace with all that is in it. */
  async remove(): Promise<void> {
    const { stdout } = await execute('ip', ['netns', 'list']);
    const names = stdout.split('\n').map((line) => line.split(' ')[0]);
    if (names.includes(this.name)) await must('ip', ['netns', 'delete', this.name]);
  }

  /** Runs a program inside. */
  run(program: string, args: readonly string[], options: ExecuteOptions = {}): Promise<Outcome> {
    return execute('ip', ['netns', 'exec', this.name, program, ...args], options);
  }

  /** Pulls the cable of a network out of one node, or plugs it in again. */
  async plug(node: LabNode, network: string, plugged: boolean): Promise<void> {
    await this.links(
      node.interfaces
        .filter((candidate) => candidate.network === network)
        .map(({ tap, bridge }) => (plugged ? `link set ${tap} master ${bridge}` : `link set ${tap} nomaster`)),
    );
  }

  /** Lets the nodes of a network reach each other, or each of them only what is no node: clients and the power switch. */
  async partition(plan: LabPlan, network: string, parted: boolean): Promise<void> {
    for (const { tap } of plan.nodes.flatMap((node) => node.interfaces).filter((i) => i.network === network)) {
      await must('bridge', ['-n', this.name, 'link', 'set', 'dev', tap, 'isolated', parted ? 'on' : 'off']);
    }
  }

  private async links(commands: readonly string[]): Promise<void> {
    await must('ip', ['-n', this.name, '-batch', '-'], { input: `${commands.join('\n')}\n` });
  }
}
