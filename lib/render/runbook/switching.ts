import { FORCE_FILE } from '../../topology/force-file';
import type { HostFacts } from '../../topology/site';
import { quoteCommand } from '../shell/quote';
import { standbyWord, type RunbookCluster } from './facts';
import { caseOf, commands, section, steps, text, type RunbookBlock } from './markdown';

/** Handing the groups over while both nodes are well. */
export function plannedSwitch({ topology, cluster, nodes }: RunbookCluster): readonly RunbookBlock[] {
  const groups = cluster.groups.map((group) => group.name).join(' and ');
  const way = (from: HostFacts, to: HostFacts): readonly RunbookBlock[] => [
    caseOf(`From ${from.name} to ${to.name}`),
    commands(quoteCommand(['tandem', 'switch', topology.name, '--to', to.name])),
    text(
      `By hand: on ${to.name} every line of \`cat /proc/drbd\` must say \`cs:Connected\` and \`ds:UpToDate/UpToDate\`, and`,
      `\`cl_status nodestatus ${from.name}\` must say \`active\`. Then on ${from.name}:`,
    ),
    commands(`/usr/share/heartbeat/hb_standby ${standbyWord(cluster, from)}`, 'tail -f /var/log/ha-log'),
  ];
  return [
    section(`Planned switch of cluster ${cluster.name}`),
    text(
      `For work on a node, or as a drill. It costs one interruption of ${groups}: nothing that was acknowledged is lost,`,
      'and connections of clients break. `tandem predict` tells how long it takes.',
    ),
    ...way(nodes[0], nodes[1]),
    ...way(nodes[1], nodes[0]),
  ];
}

/** Going on with one node's data when the other one is lost. */
export function forcedSwitch(facts: RunbookCluster): readonly RunbookBlock[] {
  const { topology, cluster, nodes } = facts;
  return [
    section(`Forced switch of cluster ${cluster.name}`),
    text(
      'Heartbeat switches by itself when a node dies. A person is needed when it does not: the surviving copy was marked as',
      '`Outdated` before, because the replication link broke first, or the fencing device does not confirm. It costs every',
      'write that the lost node acknowledged after the link broke, unless that node can be brought back.',
    ),
    text(
      'Bring the lost node back instead when that takes less time than the data is worth: its copy is the newer one.',
      'Never force a group onto a node while the other one may be at work: two active nodes destroy more than an outage.',
    ),
    ...lostNode(facts, nodes[0], nodes[1]),
    ...lostNode(facts, nodes[1], nodes[0]),
    text(`When the lost node comes back, its disks are split from the others: see "Split brain" for ${topology.name}.`),
  ];
}

function lostNode(
  { topology, cluster, resources }: RunbookCluster,
  lost: HostFacts,
  left: HostFacts,
): readonly RunbookBlock[] {
  const forced = ['tandem', 'switch', topology.name, '--forced', '--to', left.name];
  const homes = [...new Set(cluster.groups.map((group) => group.preferred))];
  const keys = homes.map((home) => topology.hosts.find((host) => host.id === home)?.name ?? home);
  return [
    caseOf(`${lost.name} is lost, go on with ${left.name}`),
    commands(quoteCommand(forced)),
    text(
      `It shows what is lost and asks. Where nobody knows whether ${lost.name} is off, look at it, or let its fencing device do it:`,
    ),
    commands(
      quoteCommand([...forced, '--confirm-off', lost.name]),
      ...(cluster.fencing.length > 0 ? [quoteCommand([...forced, '--fence'])] : []),
    ),
    text('By hand:'),
    steps(
      `See that ${lost.name} is off: pull its plug. A ping that is not answered proves nothing.`,
      `On ${left.name}, \`cat /proc/drbd\`: \`ds:Outdated\` has old data; \`ds:UpToDate\` has all of it, unless the link broke some time before; with \`ds:Inconsistent\` restore from a dump instead.`,
      `On ${left.name}, for every resource that is not UpToDate, its line of the commands below.`,
      `\`cl_status rscstatus\` on ${left.name} says \`all\` though nothing runs: the last command starts the groups.`,
      `Heartbeat does not run on ${left.name}, or waits for ${lost.name}: \`touch ${FORCE_FILE}\` and \`systemctl start heartbeat\` instead.`,
    ),
    commands(
      ...resources.map(
        ({ name }) => `drbdadm primary --force ${quoteCommand([name])} && drbdadm secondary ${quoteCommand([name])}`,
      ),
      ...keys.map(
        (key) =>
          `for key in $(/usr/share/heartbeat/ResourceManager listkeys ${key}); do HA_CURHOST=${left.name} /usr/share/heartbeat/ResourceManager takegroup $key; done`,
      ),
    ),
  ];
}

/** What a node says when it stays out, and what lets it in. */
export function nodeStaysOut({ topology, cluster, nodes }: RunbookCluster): readonly RunbookBlock[] {
  const [first, second] = nodes;
  return [
    section('A node does not come back, or nothing runs'),
    caseOf('The boot guard holds a node'),
    text(
      cluster.startsAlone
        ? 'Heartbeat of this cluster starts at boot without its peer: there is no guard.'
        : 'A node that booted starts heartbeat only when the other one answers on a heartbeat path: it could be at work behind a broken network.',
      `\`systemctl status heartbeat\` says \`activating (start-pre)\`. Mend the network, or start the other node. Only when the`,
      'other node is off, and stays off:',
    ),
    commands(
      quoteCommand(['tandem', 'switch', topology.name, '--forced', '--to', first.name, '--confirm-off', second.name]),
      quoteCommand(['tandem', 'switch', topology.name, '--forced', '--to', second.name, '--confirm-off', first.name]),
    ),
    text(`By hand, on the node that is held: \`touch ${FORCE_FILE}\`. It costs what a forced switch costs.`),
    caseOf('Heartbeat claims the groups and nothing runs'),
    text(
      'After a refused promotion `cl_status rscstatus` says `all` on a node with no mount and no address. When both nodes are',
      'back and DRBD says `Connected` and `UpToDate/UpToDate`, the planned switch to either node starts the groups:',
    ),
    commands(
      quoteCommand(['tandem', 'switch', topology.name, '--to', first.name]),
      quoteCommand(['tandem', 'switch', topology.name, '--to', second.name]),
    ),
    text('By hand: `/usr/share/heartbeat/hb_standby` on the node that says `all`; the other one starts the groups.'),
    caseOf('DRBD does not connect'),
    text(
      'On both nodes look at `cat /proc/drbd` and `dmesg | grep drbd`. `StandAlone` on one of them is a split brain: see there.',
    ),
  ];
}
