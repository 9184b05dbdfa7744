import { lookup } from '../../topology/lookup';
import { pairOfCluster } from '../../topology/mail-cluster';
import type { Topology } from '../../topology/topology';
import { quoteCommand } from '../shell/quote';
import { refusedMailbox, replacedDisk, restoring, splitBrain } from './data';
import { directories } from './directories';
import { ds389Directories } from './ds389';
import { restoringDirectories } from './directory-restore';
import { balancers } from './balancers';
import { addressesOf, clustersOf, mountsOf, promotedBy, type RunbookCluster } from './facts';
import { caseOf, commands, runbookMarkdown, section, table, text, type RunbookBlock } from './markdown';
import { mailInContainers } from './mail-in-containers';
import { mailQueues } from './mail-queues';
import { sites } from './sites';
import { forcedSwitch, nodeStaysOut, plannedSwitch } from './switching';
import { windowsDomains } from './windows-domains';

/** A look at a cluster without Tandem. */
const BY_HAND: readonly RunbookBlock[] = [
  text('By hand, on each node: who is in the cluster, what DRBD has, what is mounted, what heartbeat did.'),
  commands('cl_status listnodes', 'cl_status rscstatus', 'cat /proc/drbd', 'df -h', 'tail -n 50 /var/log/ha-log'),
  text(
    '`cl_status rscstatus` says what heartbeat believes. Only `/proc/drbd`, `df` and the services themselves say what runs.',
  ),
];

/** `RUNBOOK.md`: what an operator does when, with the names of this deployment. */
export function runbook(topology: Topology): string {
  const clusters = clustersOf(topology);
  return runbookMarkdown([
    { kind: 'title', text: `Runbook of ${topology.name}` },
    text(
      'Run `tandem` in the directory in which the stack was synthesized, on a machine whose ssh reaches the hosts as root;',
      'every command takes `--ssh-config`, `--user` and `--help`. A command that changes something looks first, says what it',
      'costs and asks. What stands under "by hand" is typed as root on the host that is named, when Tandem is not there.',
    ),
    ...(topology.drbdResources.length > 0 && topology.drbdVersion !== '8.4'
      ? [
          text(
            `DRBD here is ${topology.drbdVersion}: \`tandem switch\`, \`repair\` and \`restore\` know 8.4 only, so work by hand.`,
          ),
        ]
      : []),
    ...overview(topology, clusters),
    section('Look first'),
    commands(quoteCommand(['tandem', 'status', topology.name])),
    ...(clusters.length > 0 ? BY_HAND : []),
    ...clusters.flatMap(mailQueues),
    ...mailInContainers(topology),
    ...balancers(topology),
    ...sites(topology),
    ...clusters.flatMap(plannedSwitch),
    ...clusters.flatMap(forcedSwitch),
    ...clusters.flatMap(splitBrain),
    ...directories(topology),
    ...ds389Directories(topology),
    ...windowsDomains(topology),
    ...restoringDirectories(topology),
    ...restoring(topology, clusters[0]),
    ...refusedMailbox(topology),
    ...clusters.flatMap(nodeStaysOut),
    ...clusters.flatMap(replacedDisk),
    ...configuration(topology),
    ...drill(topology, clusters),
  ]);
}

function overview(topology: Topology, clusters: readonly RunbookCluster[]): readonly RunbookBlock[] {
  const facts = lookup(topology);
  const hosts = topology.hosts.map((host) => [
    host.name,
    host.site,
    host.interfaces.map((from) => `${from.address} (${facts.network(from.network).name})`).join(', '),
  ]);
  const groups = clusters.flatMap(({ cluster }) =>
    cluster.groups.map((group) => [
      group.name,
      facts.host(group.preferred).name,
      addressesOf(group).join(', '),
      facts
        .servicesOf(group)
        .map((service) => service.name)
        .join(', '),
      promotedBy(topology, group)
        .map((resource) => resource.name)
        .join(', '),
    ]),
  );
  const storage = clusters.flatMap(({ cluster }) =>
    cluster.groups.flatMap((group) => mountsOf(group).map((mount) => [mount.device, mount.directory, group.name])),
  );
  const fencing = clusters.flatMap(({ cluster }) =>
    topology.fencingDevices
      .filter((device) => cluster.fencing.includes(device.id))
      .map((device) => [device.name, device.plugin, device.fences.map((host) => facts.host(host).name).join(', ')]),
  );
  return [
    section('What is where'),
    ...table(['host', 'site', 'addresses'], hosts),
    ...table(['group', 'at home on', 'address for clients', 'services', 'DRBD resources'], groups),
    ...table(['device', 'mounted on', 'by group'], storage),
    ...table(['fencing device', 'plugin', 'switches off'], fencing),
  ];
}

function configuration(topology: Topology): readonly RunbookBlock[] {
  // A deployment is a construct of its stack, so its path begins with the name of the stack.
  const [stack = topology.name] = topology.path.split('/');
  const secrets = quoteCommand([`${topology.name}.secrets.tfvars.json`]);
  const variables = `-var-file="$OLDPWD"/${secrets} -var-file="$OLDPWD"/host-keys.tfvars.json`;
  return [
    section('Change the configuration'),
    text(
      'Files on the hosts come from the stack: a change by hand is lost at the next apply, and `tandem status` shows it with file',
      'and line. The plan shows every changed line. No service of a group is stopped or restarted by an apply; what needs a',
      'restart waits for the next planned switch. A host that is off fails alone: apply again when it is back.',
    ),
    commands(
      'npx cdktf synth',
      quoteCommand(['cd', `cdktf.out/stacks/${stack}`]),
      `terraform plan ${variables}`,
      `terraform apply ${variables}`,
      'cd "$OLDPWD"',
      quoteCommand(['tandem', 'status', topology.name]),
    ),
    text(
      'By hand, when Terraform is not there: edit the same file on both nodes, and bring the change into the stack the same day.',
    ),
  ];
}

function drill(topology: Topology, clusters: readonly RunbookCluster[]): readonly RunbookBlock[] {
  const [first] = clusters;
  if (!first) return [];
  const [home, other] = first.nodes;
  // Of a mail pair one queue alone: both on one node would stay there.
  const group = pairOfCluster(topology, first.cluster)
    ? first.cluster.groups.filter(({ preferred }) => preferred === home.id).flatMap(({ name }) => ['--group', name])
    : [];
  return [
    section('Drill'),
    text(
      'Once a month, at a quiet hour: say beforehand what will happen and how long it takes, then do it, and compare. It costs two',
      'interruptions. A switch that nobody has tried does not work on the night on which it is needed.',
    ),
    caseOf('There and back'),
    commands(
      quoteCommand(['tandem', 'predict', topology.name]),
      quoteCommand(['tandem', 'status', topology.name]),
      quoteCommand(['tandem', 'switch', topology.name, ...group, '--to', other.name]),
      quoteCommand(['tandem', 'switch', topology.name, ...group, '--to', home.name]),
      quoteCommand(['tandem', 'status', topology.name]),
    ),
    text('The seconds that the switch took make the prediction fit these machines, for instance 41:'),
    commands(quoteCommand(['tandem', 'predict', topology.name, '--switch-took', '41'])),
    ...(topology.backups.length > 0
      ? [caseOf('Are the dumps there?'), commands(quoteCommand(['tandem', 'restore', topology.name, '--show']))]
      : []),
  ];
}
