import { createHash } from 'node:crypto';
import { Token } from 'cdktf';
import type { RenderedFile } from '../../render/file';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { settled } from '../settled';
import { TargetError } from '../target-error';
import { activationGroups, type ActivationGroup } from './activation-groups';
import { APPLY_SCRIPT } from './apply/script';
import { bundleOf, type Bundle } from './bundle';
import type { ConnectionSettings } from './connection';
import { provisionGroups, provisionResource, provisionResourceId } from './provision';
import { addressOf, clusterResourceId, hostResourceId } from './resource-ids';
import { laterStep, uploadSteps, type LaterAction, type Place, type Provisioner } from './steps';

/** A part of cdk.tf.json; the local values are the same for every target. */
export interface TerraformFragment {
  readonly variable: Readonly<Record<string, object>>;
  readonly resource: { readonly terraform_data: Readonly<Record<string, object>> };
}

/** A fragment, and the names of the secrets that its hosts need, sorted. */
export interface HostFragment {
  readonly fragment: TerraformFragment;
  readonly secrets: readonly string[];
}

/** What a fragment is made from. */
export interface FragmentProps {
  readonly topology: Topology;
  readonly hosts: readonly HostFacts[];
  readonly connection: ConnectionSettings;
  readonly secretsVersion: number;
  /** Terraform addresses that every host waits for. */
  readonly dependsOn: readonly string[];
  /** Whether a file needs a secret is known after rendering; then hosts wait for this resource too. */
  readonly secretGuard: string;
  readonly filesOf: (host: HostFacts) => readonly RenderedFile[];
}

/** The resources of the hosts and clusters of one target, and the secrets that they need. */
export function fragmentOf(props: FragmentProps): HostFragment {
  const { topology, hosts, connection } = props;
  const place: Place = { deployment: topology.name, user: connection.user };
  const groups = activationGroups(topology, hosts);
  const grouped = new Set(groups.flatMap((group) => group.hosts));
  const bundles = new Map(
    hosts.map((host) => [host, bundleOf(topology, host, props.filesOf(host), props.secretsVersion)]),
  );
  const resources: Record<string, object> = {};
  for (const [host, bundle] of bundles) {
    const steps = uploadSteps(place, bundle, grouped.has(host) ? 'check' : 'run');
    resources[hostResourceId(host.name)] = hostResource(props, host, bundle, steps);
  }
  for (const group of groups) {
    resources[clusterResourceId(group.cluster.name)] = clusterResource(props, group, place, bundles);
  }
  const provisioned = provisionGroups(topology, hosts);
  const ordered = new Set(groups.map((group) => group.cluster));
  for (const group of provisioned) {
    const before = ordered.has(group.cluster)
      ? [clusterResourceId(group.cluster.name)]
      : group.hosts.map((host) => hostResourceId(host.name));
    resources[provisionResourceId(group.cluster.name)] = provisionResource(
      topology,
      connection,
      place,
      group,
      before.map(addressOf),
    );
  }
  if (Object.keys(resources).length !== hosts.length + groups.length + provisioned.length) {
    throw new TargetError(
      topology.path,
      'ssh/logical-id',
      'two hosts or clusters share a name, and one of them would be lost',
      [...hosts, ...[...groups, ...provisioned].map((group) => group.cluster)].map(({ name }) => name).join(', '),
      'rename one of them',
    );
  }
  return {
    fragment: {
      variable: connection.variables(),
      resource: { terraform_data: resources },
    },
    secrets: [...new Set([...bundles.values()].flatMap((bundle) => bundle.secrets))].sort(),
  };
}

const SCRIPT_HASH = createHash('sha256').update(APPLY_SCRIPT).digest('hex').slice(0, 12);

function hostResource(
  { topology, connection, dependsOn, secretGuard }: FragmentProps,
  host: HostFacts,
  bundle: Bundle,
  provisioner: readonly Provisioner[],
): object {
  const precondition = connection.preconditions(host);
  const address = connection.address(topology, host);
  const block = connection.block(topology, host);
  const waitsFor = bundle.secrets.length > 0 ? [...dependsOn, addressOf(secretGuard)] : dependsOn;
  const resource = {
    ...(waitsFor.length > 0 ? { depends_on: waitsFor } : {}),
    triggers_replace: {
      ...bundle.trigger,
      bundle: bundle.id,
      script: SCRIPT_HASH,
      address,
    },
    connection: block,
    ...(precondition.length > 0 ? { lifecycle: { precondition } } : {}),
    provisioner,
    '//': { metadata: { path: host.path, uniqueId: hostResourceId(host.name) } },
  };
  const given = [address, ...Object.values(block), ...waitsFor];
  return given.some(Token.isUnresolved) ? resource : settled(resource);
}

/**
 * All nodes have checked their files when this resource begins. It commits on all of them, one right after the other,
 * because some files (authkeys) count as soon as they are there; then services take note, standby first.
 *
 * A step that fails ends the apply: the node that fails goes back at once, and a node that has new files without a word
 * of confirmation goes back by itself after three minutes. Terraform has no step for "the other one failed", and a node
 * that was to go on in spite of a failure could not know of it. Until then nobody has to do anything, and a new apply
 * may come at any time.
 */
function clusterResource(
  { topology, connection }: FragmentProps,
  { cluster, hosts }: ActivationGroup,
  place: Place,
  bundles: ReadonlyMap<HostFacts, Bundle>,
): object {
  const id = (host: HostFacts): string => bundles.get(host)?.id ?? '';
  const blocks = new Map(hosts.map((host) => [host, connection.block(topology, host)]));
  const addresses = Object.fromEntries(hosts.map((host) => [host.name, connection.address(topology, host)]));
  const resource = {
    depends_on: hosts.map((host) => addressOf(hostResourceId(host.name))),
    triggers_replace: {
      deployment: topology.name,
      cluster: cluster.name,
      order: hosts.map((host) => host.name),
      bundles: Object.fromEntries(hosts.map((host) => [host.name, id(host)])),
      addresses,
      script: SCRIPT_HASH,
    },
    provisioner: inTurn(hosts).map(({ host, actions }) => laterStep(place, id(host), actions, blocks.get(host) ?? {})),
    '//': { metadata: { path: cluster.path, uniqueId: clusterResourceId(cluster.name) } },
  };
  const given = [addresses, ...blocks.values()].flatMap((values) => Object.values(values));
  return given.some(Token.isUnresolved) ? resource : settled(resource);
}

/**
 * Each step costs a connection, so a host does in one what it does without waiting for another: all commit before the
 * first one activates, and each activates before the next one. While the others commit, the first has time for what it
 * may do before its turn. The last to activate is the first to confirm; a step that fails ends all, and the hosts that
 * did not confirm go back.
 */
function inTurn(hosts: readonly HostFacts[]): { readonly host: HostFacts; readonly actions: readonly LaterAction[] }[] {
  const last = hosts.length - 1;
  return [
    ...hosts.map((host) => ({ host, actions: ['commit', 'await'] as const })),
    ...hosts.map((host, index) => ({
      host,
      actions: index === last ? (['activate', 'confirm'] as const) : (['activate'] as const),
    })),
    ...hosts.slice(0, last).map((host) => ({ host, actions: ['confirm'] as const })),
  ];
}
