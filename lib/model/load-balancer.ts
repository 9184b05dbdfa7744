import type { BalancerFacts, SoftwareBalancer } from '../topology/load-balancer';
import { BalancedService } from './balanced-service';
import type { Deployment } from './deployment';
import { Entity } from './entity';
import type { FencingDevice } from './fencing-device';
import type { Host } from './host';
import type { VirtualAddress } from './network';
import type { Site } from './site';
import { sortedIds } from './sorted';
import type { TopologyParts } from './topology-parts';
import { parseChoice } from './values/kind';
import { parseWholeNumber } from './values/number';

/** A pair of hosts that balance, with an address that keepalived moves. */
export interface SoftwareBalancerProps {
  /** Hosts that it runs on; the first has the address while it lives. */
  readonly hosts: readonly Host[];
  /** @default 'haproxy' */
  readonly software?: SoftwareBalancer;
  /** `virtual_router_id` of keepalived, 1 to 255, one for each address of a network. @default - from 51 on, in the order of the stack */
  readonly virtualRouterId?: number;
  /** Devices that reset a balancer that hangs and keeps its address. @default - none, which rule `balancer/hang` reports */
  readonly fencing?: readonly FencingDevice[];
}

/** Devices that are set up by hand: the report has a worksheet for them (S3). */
export interface ExternalBalancerProps {
  /** Where the devices stand. */
  readonly site: Site;
  /** Devices that stand in for each other. @default 1, which rule `balancer/single` reports */
  readonly units?: number;
}

/** Properties of a `LoadBalancer`. */
export interface LoadBalancerProps {
  /** The address that clients use. */
  readonly address: VirtualAddress;
  /** What it balances, each on a port of its own. */
  readonly services: readonly BalancedService[];
  /** A balancer in software: HAProxy, or LVS. @default - `external` is given */
  readonly on?: SoftwareBalancerProps;
  /** A balancer in hardware. @default - `on` is given */
  readonly external?: ExternalBalancerProps;
}

/** What clients connect to instead of a server: for mail, and for reads and writes of directories (S3, S5). */
export class LoadBalancer extends Entity {
  /** @throws ModelError `balancer/kind`, `balancer/hosts`, `balancer/services`, `value/number`, `value/choice`, `value/type` */
  constructor(
    scope: Deployment,
    name: string,
    private readonly props: LoadBalancerProps,
  ) {
    super(scope, name);
    const { on, external, services } = props;
    if ((on === undefined) === (external === undefined))
      throw this.wrong('balancer/kind', 'a balancer is software or a device', name, "give either 'on' or 'external'");
    if (on) {
      const names = on.hosts.map((host) => host.name);
      if (on.hosts.length === 0 || new Set(on.hosts).size < on.hosts.length)
        throw this.wrong('balancer/hosts', 'on: hosts must be different ones', names.join(', '), 'name two hosts');
      this.optional('software', on.software, (word) =>
        parseChoice(word, ['haproxy', 'lvs-keepalived', 'lvs-ldirectord']),
      );
      this.optional('virtualRouterId', on.virtualRouterId, (id) => parseWholeNumber(id, 1, 255));
    }
    this.optional('units', external?.units, (count) => parseWholeNumber(count, 1, 100));
    if (services.length === 0)
      throw this.wrong('balancer/services', 'services: there is nothing to balance', name, 'name a service');
    for (const service of services) {
      this.instances(BalancedService, { services: service });
      this.given('services', service.facts);
    }
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    const { network, virtualAddress } = this.props.address;
    parts.loadBalancers.push({
      ...this.identity,
      name: this.name,
      balancer: this.balancer(parts),
      address: { network: network.entityId, address: virtualAddress, prefixLength: network.prefixLength },
      services: this.props.services.map(({ facts }) => facts()).sort((a, b) => a.port - b.port),
    });
  }

  private balancer(parts: TopologyParts): BalancerFacts {
    const { on, external } = this.props;
    if (on)
      return {
        kind: 'software',
        software: on.software ?? 'haproxy',
        hosts: on.hosts.map((host) => host.entityId),
        virtualRouterId: on.virtualRouterId ?? parts.nextVirtualRouterId(),
        fencing: sortedIds(on.fencing ?? []),
      };
    return { kind: 'external', site: external?.site.entityId ?? '', units: external?.units ?? 1 };
  }
}
