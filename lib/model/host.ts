import { Entity } from './entity';
import type { TopologyParts } from './topology-parts';
import type { FailureDomain } from './failure-domain';
import type { Network, NetworkAddress } from './network';
import { by } from '../topology/order';
import { sortedIds } from './sorted';
import type { Site } from './site';
import { DataSize } from './values/data-size';
import { Duration } from './values/duration';
import { parseHostname } from './values/hostname';
import { parseInterfaceName } from './values/name';
import { parseWholeNumber } from './values/number';
import { parseDevice } from './values/path';
import { parseTimeServer } from './values/time-server';

/** Properties of a `Host`. */
export interface HostProps {
  /** Interfaces by name, each with its address: `{ eth0: lan.address('192.168.1.161') }`. */
  readonly interfaces: Readonly<Record<string, NetworkAddress>>;
  /**
   * Whole disks by device, with their size: `{ '/dev/sdb': DataSize.gibibytes(200) }`.
   * @default - those that DRBD resources name, size unknown
   */
  readonly disks?: Readonly<Record<string, DataSize>>;
  /**
   * Serial ports, for instance `/dev/ttyS0`.
   * @default - none
   */
  readonly serialPorts?: readonly string[];
  /**
   * Memory that services can use (X6).
   * @default - unknown
   */
  readonly memory?: DataSize;
  /**
   * Processors that services can use (X6).
   * @default - unknown
   */
  readonly processors?: number;
  /**
   * Power feeds, racks, switches and hypervisors that take the host down when they fail.
   * @default - none declared
   */
  readonly on?: readonly FailureDomain[];
  /**
   * From power on to the start of the cluster manager.
   * @default 60 seconds
   */
  readonly bootTime?: Duration;
  /**
   * From a cable that is plugged in to a link that carries packets.
   * @default 30 seconds, the forwarding delay of a spanning tree
   */
  readonly linkUpTime?: Duration;
  /**
   * NTP servers.
   * @default - those of the deployment
   */
  readonly timeServers?: readonly string[];
}

/** A machine that carries services. Its name is the node name, as `uname -n` prints it. */
export class Host extends Entity {
  private readonly interfaces: readonly (NetworkAddress & { readonly name: string })[];
  private readonly serialPorts: readonly string[];

  /** @throws ModelError `value/hostname`, `value/interface-name`, `value/device`, `value/number` */
  constructor(
    readonly site: Site,
    name: string,
    private readonly props: HostProps,
  ) {
    super(site, name);
    this.given('name', () => parseHostname(name));
    this.interfaces = Object.entries(props.interfaces)
      .map(([interfaceName, address]) => ({
        ...address,
        name: this.given('interfaces', () => parseInterfaceName(interfaceName)),
      }))
      .sort(by((entry) => entry.name));
    this.serialPorts = (props.serialPorts ?? [])
      .map((port) => this.given('serialPorts', () => parseDevice(port)))
      .sort();
    Object.keys(props.disks ?? {}).forEach((disk) => this.given('disks', () => parseDevice(disk)));
    this.optional('processors', props.processors, (count) => parseWholeNumber(count, 1, 4096));
    this.instances(Duration, { bootTime: props.bootTime, linkUpTime: props.linkUpTime });
    this.instances(DataSize, { memory: props.memory, ...props.disks });
    props.timeServers?.forEach((server) => this.given('timeServers', () => parseTimeServer(server)));
  }

  /** The interface in a network, the first by name. */
  interfaceIn(network: Network): { readonly name: string; readonly address: string } | undefined {
    return this.interfaces.find((entry) => entry.network === network);
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    parts.hosts.push({
      ...this.identity,
      name: this.name,
      site: this.site.entityId,
      interfaces: this.interfaces.map((entry) => ({
        name: entry.name,
        network: entry.network.entityId,
        address: entry.address,
        prefixLength: entry.network.prefixLength,
        card: entry.card,
      })),
      disks: Object.entries(this.props.disks ?? {})
        .map(([device, size]) => ({ device, size: size.inBytes }))
        .sort(by((disk) => disk.device)),
      serialPorts: this.serialPorts,
      memory: this.props.memory?.inBytes,
      processors: this.props.processors,
      failureDomains: sortedIds(this.props.on ?? []),
      bootTime: (this.props.bootTime ?? Duration.seconds(60)).inMilliseconds,
      linkUpTime: (this.props.linkUpTime ?? Duration.seconds(30)).inMilliseconds,
      timeServers: this.props.timeServers ?? this.deployment.timeServers,
    });
  }
}
