import type { NetworkPurpose } from '../topology/site';
import { Entity } from './entity';
import type { TopologyParts } from './topology-parts';
import type { Switch } from './failure-domain';
import { sortedIds } from './sorted';
import type { Site } from './site';
import { DataRate } from './values/data-rate';
import { parseCidr, parseIpAddress } from './values/ip-address';

const NETWORK = Symbol.for('tandem/network');

/** Properties of a `Network`. */
export interface NetworkProps {
  /** For instance `192.168.1.0/24`. */
  readonly cidr: string;
  /**
   * What it is meant for.
   * @default 'service'
   */
  readonly purpose?: NetworkPurpose;
  /**
   * Speed of the link.
   * @default - unknown; rules on resynchronisation rates have less to say
   */
  readonly speed?: DataRate;
  /**
   * Switches that carry it.
   * @default - a direct cable
   */
  readonly switches?: readonly Switch[];
}

/** An address in a network, for an interface. */
export interface NetworkAddress {
  readonly network: Network;
  readonly address: string;
  /** The adapter that carries the interface, when several interfaces share one. */
  readonly card?: string;
}

/** An address in a network that moves with a resource group (X5). */
export interface VirtualAddress {
  readonly network: Network;
  readonly virtualAddress: string;
}

/** One IP network: one cable or one broadcast domain. */
export class Network extends Entity {
  /** Whether a value is a network, also of another copy of this package. */
  static isNetwork(value: unknown): value is Network {
    return typeof value === 'object' && value !== null && NETWORK in value;
  }

  readonly cidr: string;
  readonly prefixLength: number;

  /** @throws ModelError `value/cidr` */
  constructor(
    readonly site: Site,
    name: string,
    private readonly props: NetworkProps,
  ) {
    super(site, name);
    this.instances(DataRate, { speed: props.speed });
    this.choice('purpose', props.purpose, ['service', 'replication', 'heartbeat', 'administration']);
    const cidr = this.given('cidr', () => parseCidr(props.cidr));
    this.cidr = cidr.text;
    this.prefixLength = cidr.prefixLength;
    Object.defineProperty(this, NETWORK, { value: true });
  }

  /**
   * An interface's address in this network.
   *
   * @param address for instance `192.168.1.161`
   * @param card the adapter that carries the interface, when several interfaces share one
   * @throws ModelError `value/ip-address`
   */
  address(address: string, card?: string): NetworkAddress {
    return { network: this, address: this.given('address', () => parseIpAddress(address)), card };
  }

  /**
   * An address of this network that moves with a resource group (X5).
   * @throws ModelError `value/ip-address`
   */
  virtualAddress(address: string): VirtualAddress {
    return { network: this, virtualAddress: this.given('virtualAddress', () => parseIpAddress(address)) };
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    parts.networks.push({
      ...this.identity,
      name: this.name,
      site: this.site.entityId,
      cidr: this.cidr,
      purpose: this.props.purpose ?? 'service',
      speed: this.props.speed?.bitsPerSecond,
      switches: sortedIds(this.props.switches ?? []),
    });
  }
}
