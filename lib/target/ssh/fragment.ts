import { Token } from 'cdktf';
import type { RenderedFile } from '../../render/file';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { settled } from '../settled';
import { TargetError } from '../target-error';
import { activationGroups, type ActivationGroup } from './activation-groups';
import { SCRIPT_HASH } from './apply/script';
import { bundleOf, type Bundle } from './bundle';
import type { Certificates } from './certificates';
import type { ConnectionSettings } from './connection';
import { provisionGroups, provisionResource, provisionResourceId } from './provision';
import { addressOf, groupResourceId, hostResourceId } from './resource-ids';
import { laterStep, uploadSteps, type LaterAction, type Place, type Provisioner } from './steps';
import { turnsOf, withinOf } from './turns';

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
  readonly certificates: Certificates;
  readonly secretsVersion: number;
  /** Terraform addresses that every host waits for. */
  readonly dependsOn: readonly string[];
  /** Whether a file needs a secret is known after rendering; then hosts wait for this resource too. */
  readonly secretGuard: string;
  readonly filesOf: (host: HostFacts) => readonly RenderedFile[];
}

/** The resources of the hosts, clusters and directories of one target, and the secrets that they need. */
export function fragmentOf(props: FragmentProps): HostFragment {
  const { topology, hosts, connection } = props;
  const place: Place = { deployment: topology.name, user: connection.user };
  const groups = activationGroups(topology, hosts);
  const grouped = new Set(groups.flatMap((group) => group.hosts));
  const bundles = new Map(
    hosts.map((host) => [
      host,
      bundleOf(topology, host, props.filesOf(host), props.secretsVersion, props.certificates.of(topology, host)),
    ]),
  );
  const resources: Record<string, object> = {};
  for (const [host, bundle] of bundles) {
    const steps = uploadSteps(place, bundle, grouped.has(host) ? 'check' : 'run');
    resources[hostResourceId(host.name)] = hostResource(props, host, bundle, steps);
  }
  for (const group of groups) {
    resources[groupResourceId(group)] = groupResource(props, group, place, bundles);
  }
  const provisioned = provisionGroups(topology, hosts);
  for (const group of provisioned) {
    const ordered = groups.find(({ path }) => path === group.cluster.path);
    const before = ordered ? [groupResourceId(ordered)] : group.hosts.map((host) => hostResourceId(host.name));
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
      'two hosts, clusters or directories share a name, and one of them would be lost',
      [...hosts, ...groups, ...provisioned.map((group) => group.cluster)].map(({ name }) => name).join(', '),
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

function hostResource(
  { topology, connection, dependsOn, secretGuard }: FragmentProps,
  host: HostFacts,
  bundle: Bundle,
  provisioner: readonly Provisioner[],
): object {
  const precondition = [...connection.preconditions(host), ...bundle.preconditions];
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
 * All hosts have checked their files when this resource begins. It commits on all of them, one right after the other,
 * because some files (authkeys) count as soon as they are there; then services take note in turn.
 *
 * A step that fails ends the apply: the host that fails goes back at once, and one that has new files without a word of
 * confirmation goes back by itself after a while. Terraform has no step for "the other one failed", and a host that was to
 * go on in spite of a failure could not know of it. Until then nobody has to do anything, and a new apply may come at any
 * time.
 */
function groupResource(
  { topology, connection }: FragmentProps,
  group: ActivationGroup,
  place: Place,
  bundles: ReadonlyMap<HostFacts, Bundle>,
): object {
  const { kind, hosts } = group;
  const id = (host: HostFacts): string => bundles.get(host)?.id ?? '';
  const blocks = new Map(hosts.map((host) => [host, connection.block(topology, host)]));
  const addresses = Object.fromEntries(hosts.map((host) => [host.name, connection.address(topology, host)]));
  const step = (host: HostFacts, actions: readonly LaterAction[]): Provisioner =>
    laterStep(place, id(host), actions, blocks.get(host) ?? {}, withinOf(group, host));
  const resource = {
    depends_on: hosts.map((host) => addressOf(hostResourceId(host.name))),
    triggers_replace: {
      deployment: topology.name,
      [kind]: group.name,
      order: hosts.map((host) => host.name),
      bundles: Object.fromEntries(hosts.map((host) => [host.name, id(host)])),
      addresses,
      script: SCRIPT_HASH,
    },
    provisioner: turnsOf(group).map(({ host, actions }) => step(host, actions)),
    '//': { metadata: { path: group.path, uniqueId: groupResourceId(group) } },
  };
  const given = [addresses, ...blocks.values()].flatMap((values) => Object.values(values));
  return given.some(Token.isUnresolved) ? resource : settled(resource);
}
