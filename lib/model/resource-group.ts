import type { GroupMemberFacts, ResourceGroupFacts } from '../topology/cluster';
import type { Construct } from 'constructs';
import { Entity } from './entity';
import type { Host } from './host';
import { Activation, Mount } from './member';
import type { VirtualAddress } from './network';
import { Service } from './service';

/** What a group starts, in order: a promotion, a mount or a service. */
export type GroupMember = Activation | Mount | Service;

/** Properties of a resource group. */
export interface ResourceGroupProps {
  /** Node that runs it while both are up: the first word of its line in haresources. */
  readonly preferred: Host;
  /** Address or addresses that clients use (X5). */
  readonly address: VirtualAddress | readonly VirtualAddress[];
  /** Mounts and services in start order; a mount promotes its DRBD resource first. They stop in reverse order (X21). */
  readonly members: readonly GroupMember[];
  /**
   * `last`: clients are let in when everything runs; `first`: as the published file has it (E16).
   * @default 'last'
   */
  readonly addressPosition?: 'first' | 'last';
  /**
   * Resource script of the address.
   * @default 'IPaddr2'
   */
  readonly addressScript?: 'IPaddr2' | 'IPaddr';
}

/** What runs together on one node and moves together to the other. Made by `HeartbeatCluster.addGroup`. */
export class ResourceGroup extends Entity {
  private readonly members: GroupMember[];

  constructor(
    scope: Construct,
    name: string,
    private readonly nodes: readonly Host[],
    private readonly props: ResourceGroupProps,
  ) {
    super(scope, name);
    props.members.forEach((member) => this.assertMember(member));
    this.members = [...props.members];
    this.choice('addressPosition', props.addressPosition, ['first', 'last']);
    this.choice('addressScript', props.addressScript, ['IPaddr2', 'IPaddr']);
    if (!nodes.includes(props.preferred)) {
      throw this.wrong(
        'cluster/preferred-node',
        'preferred: the host is not a node of the cluster',
        props.preferred.name,
        'name a node',
      );
    }
  }

  /** Adds a member behind those there are. */
  addMember(member: GroupMember): void {
    this.deployment.assertOpen(this.node.path);
    this.assertMember(member);
    this.members.push(member);
  }

  /** The group's facts are part of its cluster's. */
  contribute(): void {}

  /** @internal */
  groupFacts(): ResourceGroupFacts {
    const { props } = this;
    const stated = new Set(this.members.flatMap((member) => (member instanceof Activation ? [member.resource] : [])));
    const addresses = (Array.isArray(props.address) ? props.address : [props.address]) as readonly VirtualAddress[];
    const inside: GroupMemberFacts[] = [];
    for (const member of this.members) {
      if (member instanceof Mount && 'resource' in member.source && !stated.has(member.source.resource)) {
        stated.add(member.source.resource);
        inside.push(this.activationFacts(new Activation(member.source.resource, 'drbddisk')));
      }
      inside.push(this.memberFacts(member));
    }
    const outside = addresses.map((address) => this.addressFacts(address));
    return {
      ...this.identity,
      name: this.name,
      preferred: props.preferred.entityId,
      members: props.addressPosition === 'first' ? [...outside, ...inside] : [...inside, ...outside],
    };
  }

  private assertMember(member: unknown): void {
    if (member instanceof Activation || member instanceof Mount || member instanceof Service) return;
    const remedy = 'give a mount, an activation or a service';
    throw this.wrong(
      'cluster/member',
      'members: a group starts mounts, activations and services',
      String(member),
      remedy,
    );
  }

  private memberFacts(member: GroupMember): GroupMemberFacts {
    if (member instanceof Activation) return this.activationFacts(member);
    if (member instanceof Mount) return this.mountFacts(member);
    return { ...this.memberIdentity(`service ${member.name}`), kind: 'service', service: member.entityId };
  }

  private activationFacts(member: Activation): GroupMemberFacts {
    const { resource, script } = member;
    return {
      ...this.memberIdentity(`activation ${resource.node.id}`),
      kind: 'activation',
      resource: resource.entityId,
      script,
    };
  }

  private mountFacts(mount: Mount): GroupMemberFacts {
    const { source, directory, fileSystem, options } = mount;
    const replicated = 'resource' in source;
    return {
      ...this.memberIdentity(`mount ${directory}`),
      kind: 'mount',
      source: replicated
        ? { kind: 'drbd', resource: source.resource.entityId, volume: source.volume }
        : { kind: 'shared', volume: source.shared.entityId },
      device: replicated ? `/dev/drbd${source.minor}` : source.shared.source,
      directory,
      fileSystem,
      options,
    };
  }

  private addressFacts({ network, virtualAddress }: VirtualAddress): GroupMemberFacts {
    return {
      ...this.memberIdentity(`address ${virtualAddress}`),
      kind: 'address',
      address: virtualAddress,
      prefixLength: network.prefixLength,
      network: network.entityId,
      interfaces: this.nodes.flatMap((node) => {
        const end = node.interfaceIn(network);
        return end ? [{ host: node.entityId, interface: end.name }] : [];
      }),
      script: this.props.addressScript ?? 'IPaddr2',
    };
  }

  private memberIdentity(member: string): { readonly id: string; readonly path: string } {
    return { id: `${this.entityId}/${member}`, path: `${this.node.path}/${member}` };
  }
}
