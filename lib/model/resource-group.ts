import type { GroupMemberFacts, GroupStart, ResourceGroupFacts } from '../topology/cluster';
import type { Construct } from 'constructs';
import { innermost } from '../topology/directory';
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
   * `in-turn`: heartbeat starts each promotion, mount and service as a resource of its own, one after the other.
   * `together`: one resource promotes all DRBD resources, then mounts all file systems, then starts all services, each
   * kind at once, and stops them the same way: a takeover costs a few processes and not a chain of them for each member.
   * Of the order in `members` only what is required remains then: mounts above others come first, and a service starts
   * after those that it `requires` (X21). State with `requires` what else has to wait.
   * @default 'together'
   */
  readonly start?: GroupStart;
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
    this.choice('start', props.start, ['in-turn', 'together']);
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
    const start = props.start ?? 'together';
    const started = start === 'together' ? byKind(inside) : inside;
    const outside = addresses.map((address) => this.addressFacts(address));
    return {
      ...this.identity,
      name: this.name,
      preferred: props.preferred.entityId,
      start,
      members: props.addressPosition === 'first' ? [...outside, ...started] : [...started, ...outside],
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
      options: options ?? this.defaultOptions(mount),
    };
  }

  private defaultOptions(mount: Mount): string | undefined {
    if (!/^ext[34]$/.test(mount.fileSystem)) return undefined;
    const ordered = this.members.flatMap((member) => (member instanceof Service ? member.orderedDirectories : []));
    return ordered.some((directory) => this.mountOf(directory) === mount) ? 'data=journal' : undefined;
  }

  /** The innermost mount that a directory lies on. */
  private mountOf(directory: string): Mount | undefined {
    return innermost(
      this.members.filter((member) => member instanceof Mount),
      directory,
    );
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

/** What starts together, in the order in which it does: promotions, mounts above others first, services as declared. */
function byKind(members: readonly GroupMemberFacts[]): readonly GroupMemberFacts[] {
  const depth = (member: GroupMemberFacts): number =>
    member.kind === 'mount' ? member.directory.split('/').filter(Boolean).length : 0;
  return (['activation', 'mount', 'service'] as const).flatMap((kind) =>
    members.filter((member) => member.kind === kind).sort((a, b) => depth(a) - depth(b)),
  );
}
