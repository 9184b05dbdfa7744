import { directoryDumps } from '../../topology/directory-dumps';
import { PROVISION_COMMAND, restoreCommandOf } from '../../topology/host-commands';
import { lookup } from '../../topology/lookup';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { quoteCommand } from '../shell/quote';
import { duration } from '../report/duration';
import { mountsOf, promotedBy, type RunbookCluster } from './facts';
import { caseOf, commands, section, steps, table, text, type RunbookBlock } from './markdown';

/** Where the copy that is discarded is kept, on its node. */
const SAVED = '/var/tmp/discarded';

/** Making one copy of two that parted. */
export function splitBrain({ topology, nodes, resources }: RunbookCluster): readonly RunbookBlock[] {
  if (resources.length === 0) return [];
  const repair = ['tandem', 'repair', 'split-brain', topology.name];
  const names = quoteCommand(resources.map(({ name }) => name));
  const discard = (loser: HostFacts, winner: HostFacts): readonly RunbookBlock[] => [
    caseOf(`Keep ${winner.name}, discard ${loser.name}`),
    commands(
      quoteCommand([...repair, '--discard', loser.name, '--show']),
      quoteCommand([...repair, '--discard', loser.name, '--save', SAVED]),
    ),
    text(
      `By hand, for each resource that is split, of: \`${names}\`. First on ${loser.name}, on which it must not be mounted:`,
    ),
    commands('drbdadm secondary RESOURCE', 'drbdadm disconnect RESOURCE', 'drbdadm connect --discard-my-data RESOURCE'),
    text(`Then on ${winner.name}, where it is \`StandAlone\`; \`cat /proc/drbd\` shows the resync:`),
    commands('drbdadm connect RESOURCE'),
  ];
  return [
    section('Split brain'),
    text(
      'Both nodes wrote while they did not hear each other; DRBD says `StandAlone` and waits for a decision. It costs what only',
      'the discarded side has. Keep the side on which clients worked: as a rule the one that runs the groups now.',
      '`--save` keeps the discarded file systems on that node: as tar archives, and those that a crash left open as images, for',
      '`mount -o loop` on a copy. Until it is repaired, the groups have one copy.',
    ),
    ...discard(nodes[0], nodes[1]),
    ...discard(nodes[1], nodes[0]),
  ];
}

/** Filling stores from dumps. */
export function restoring(topology: Topology, cluster: RunbookCluster | undefined): readonly RunbookBlock[] {
  const facts = lookup(topology);
  if (topology.backups.length === 0)
    return directoryDumps(topology).length > 0
      ? []
      : [section('Restore'), text('No store of this deployment is dumped: nothing can be restored.')];
  const restore = ['tandem', 'restore', topology.name];
  const rows = topology.backups.map((backup) => [
    facts.service(backup.service).name,
    duration(backup.interval),
    backup.hosts.map((host) => facts.host(host).name).join(', '),
    backup.directory,
    restoreCommandOf(backup.name),
  ]);
  return [
    section('Restore from dumps'),
    text(
      'When both copies of a store are gone or wrong. It costs what was written after the dump, and all groups stand still meanwhile.',
    ),
    ...table(['service', 'dumped every', 'kept on', 'in', 'restored by'], rows),
    caseOf('Both data disks are lost'),
    text(
      'Put in the new disks, with the partitions of the old ones, and let both nodes boot. Empty disks are prepared, disks with data are left alone.',
    ),
    commands(quoteCommand([...restore, '--show']), quoteCommand(restore)),
    caseOf('One store is wrong'),
    text('What it holds is moved aside on its file system and never deleted.'),
    commands(
      ...topology.backups.map((backup) =>
        quoteCommand([...restore, '--service', facts.service(backup.service).name, '--replace']),
      ),
    ),
    ...(cluster ? byHand(topology, cluster) : []),
  ];
}

function byHand(topology: Topology, { cluster, nodes }: RunbookCluster): readonly RunbookBlock[] {
  const facts = lookup(topology);
  const blocks: RunbookBlock[] = [
    caseOf('By hand'),
    text(`On both nodes, first on the one on which nothing runs, then on the other:`),
    commands("systemctl stop 'tandem-backup-*.timer'", 'systemctl stop heartbeat'),
    text(
      'Only with new disks: the first command on both nodes, then the second on each node, beginning with',
      `${nodes[0].name}:`,
    ),
    commands(`${PROVISION_COMMAND} metadata`, `${PROVISION_COMMAND} initialize`),
  ];
  for (const group of cluster.groups) {
    const backups = topology.backups.filter((backup) => facts.groupOf(backup.service)?.group === group);
    if (backups.length === 0) continue;
    const resources = promotedBy(topology, group).map(({ name }) => name);
    const mounts = mountsOf(group);
    blocks.push(
      text(
        `On ${facts.host(group.preferred).name}, for group ${group.name}; \`--replace\` moves aside what \`initialize\` made:`,
      ),
      commands(
        ...(resources.length > 0 ? [`drbdadm primary ${quoteCommand(resources)}`] : []),
        ...mounts.map((mount) => quoteCommand(['mount', '-t', mount.fileSystem, mount.device, mount.directory])),
        ...backups.map((backup) => quoteCommand([restoreCommandOf(backup.name), '--replace', 'latest'])),
        ...(mounts.length > 0
          ? [quoteCommand(['umount', ...[...mounts].reverse().map((mount) => mount.directory)])]
          : []),
        ...(resources.length > 0 ? [`drbdadm secondary ${quoteCommand(resources)}`] : []),
      ),
    );
  }
  blocks.push(
    text('On both nodes, one right after the other:'),
    commands(`${PROVISION_COMMAND} start --no-wait`, "systemctl start 'tandem-backup-*.timer'"),
  );
  return blocks;
}

/** What Cyrus refuses after a crash (X14). */
export function refusedMailbox(topology: Topology): readonly RunbookBlock[] {
  const { services } = topology;
  if (!services.some(({ settings }) => settings.kind === 'cyrus-imap')) return [];
  return [
    section('Cyrus refuses a mailbox'),
    text(
      'After a power cut the index of a mailbox may be shorter than its head says: its user cannot open it, and mail for it',
      'waits in the queue. A file system that is mounted with `data=journal` keeps the order of writes that prevents this.',
      'On the node that runs the group:',
    ),
    commands("grep -a 'Mailbox has an invalid format' /var/log/syslog"),
    text(
      'For a mailbox `user.NAME` there. Its index is made anew from the messages: none is lost, but all flags are (read,',
      'answered), and mail programs fetch the mailbox again.',
    ),
    commands(
      'runuser -u cyrus -- /usr/lib/cyrus/bin/reconstruct user/NAME',
      ...(services.some(({ settings }) => settings.kind === 'postfix') ? ['postqueue -f'] : []),
    ),
  ];
}

/** A new disk in one node. */
export function replacedDisk({ topology, nodes, resources }: RunbookCluster): readonly RunbookBlock[] {
  if (resources.length === 0) return [];
  const facts = lookup(topology);
  const switchTo = (host: HostFacts): string => quoteCommand(['tandem', 'switch', topology.name, '--to', host.name]);
  const rows = resources.flatMap((resource) =>
    resource.volumes.flatMap((volume) =>
      volume.disks.map((disk) => [
        facts.host(disk.host).name,
        disk.disk,
        `${resource.name}/${volume.number}`,
        volume.device,
      ]),
    ),
  );
  return [
    section('A disk of one node was replaced'),
    text(
      'The groups run on the other node, or on this one over the network. It costs nothing but the time of a resync, in which there is one copy.',
    ),
    ...table(['node', 'disk', 'resource', 'device'], rows),
    steps(
      `Run the groups on the node with the good disk: \`${switchTo(nodes[1])}\` when that of ${nodes[0].name} is new, else \`${switchTo(nodes[0])}\`. When the switch refuses because a copy is not whole, leave the groups where they are.`,
      'Put in the new disk with the same partitions. It must be empty: what `blkid` or `wipefs` finds is never overwritten.',
      `On its node: \`${PROVISION_COMMAND} metadata\`. It makes the metadata and connects; DRBD copies the rest.`,
      `\`tandem status ${topology.name}\` shows the resync; until it is at its end, do not switch to this node.`,
    ),
    text(
      'By hand, for each resource on the new disk, on its node; the next one when the last is UpToDate, for of several at once some were seen to count as UpToDate without a resync:',
    ),
    commands('drbdadm create-md RESOURCE', 'drbdadm adjust RESOURCE'),
    text('Never on the node with the good disk: `create-md` there would make the last good copy count as empty.'),
  ];
}
