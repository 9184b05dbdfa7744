import type { DrbdResourceFacts, DrbdVersion, DrbdVolumeFacts } from '../topology/drbd';
import { physicalDiskOf } from '../topology/physical-disk';
import type { ExtraOptions } from '../topology/units';
import type { Deployment } from './deployment';
import { defaultFencing, defaultHandlers, defaultSharedSecret } from './drbd-defaults';
import { Entity } from './entity';
import { Activation, Mount, type MountOptions } from './member';
import { by } from '../topology/order';
import type { TopologyParts } from './topology-parts';
import { DataRate } from './values/data-rate';
import { DataSize } from './values/data-size';
import { Duration } from './values/duration';
import { parseHostname } from './values/hostname';
import { parsePort, parseWholeNumber } from './values/number';
import { parseDevice } from './values/path';
import { parsePattern, parseText } from './values/text';
import type { BackingDisk, DrbdIoErrorPolicy, DrbdResourceProps, DrbdVolumeProps } from './drbd-resource-props';

/** The port that DRBD's manual gives the first resource; the default minor counts from it. */
const FIRST_PORT = 7788;

/** One volume of a resource, as something that can be mounted. */
export interface DrbdVolume {
  readonly resource: DrbdResource;
  readonly number: number;
  readonly minor: number;
  readonly disk: BackingDisk;
  readonly metaDisk: string;
  readonly size?: DataSize;
}

/** A replicated block device, or several under one role (X9, X22-X26). */
export class DrbdResource extends Entity {
  readonly volumes: readonly DrbdVolume[];
  readonly version: DrbdVersion;

  /**
   * @throws ModelError `drbd/hosts`, `drbd/volumes`, `drbd/resource-name`, `value/device`, `value/number`, `value/text`
   */
  constructor(
    scope: Deployment,
    name: string,
    private readonly props: DrbdResourceProps,
  ) {
    super(scope, name);
    this.version = scope.drbdVersion;
    this.given('name', () =>
      parsePattern(
        name,
        /^[A-Za-z][A-Za-z0-9_-]*$/,
        'drbd/resource-name',
        'a resource name must begin with a letter and have no dots',
      ),
    );
    if (props.hosts.length !== 2 || props.hosts[0] === props.hosts[1]) {
      const given = props.hosts.map((host) => host.name).join(', ');
      throw this.wrong(
        'drbd/hosts',
        'hosts: a resource under Heartbeat has two different hosts',
        given,
        'name two hosts',
      );
    }
    this.given('port', () => parsePort(props.port));
    this.volumes = this.parseVolumes();
    this.parseNumbers();
  }

  /** Promotion of this resource, as a member of its own; a mount brings its own when none is in the group. */
  activated(script: 'drbddisk' | 'datadisk' = 'drbddisk'): Activation {
    return new Activation(this, script);
  }

  /**
   * The first volume mounted, for a resource group.
   * @throws ModelError `value/path`, `value/file-system`
   */
  mountedAt(directory: string, fileSystem = 'ext4', options: MountOptions = {}): Mount {
    return this.volumeMountedAt(0, directory, fileSystem, options);
  }

  /**
   * One of several volumes mounted.
   * @throws ModelError `drbd/volumes` for a volume that the resource has not
   */
  volumeMountedAt(number: number, directory: string, fileSystem = 'ext4', options: MountOptions = {}): Mount {
    const volume = this.volumes.find((candidate) => candidate.number === number);
    if (!volume) throw this.wrong('drbd/volumes', 'the resource has no such volume', String(number), 'name one it has');
    return this.given('mountedAt', () =>
      Mount.of({ resource: this, volume: volume.number, minor: volume.minor }, directory, fileSystem, options),
    );
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    const { props } = this;
    const path = this.node.path;
    const modern = this.version !== '0.7';
    const length = (value: Duration | 'infinite'): number | 'infinite' =>
      value === 'infinite' ? value : value.inMilliseconds;
    const protocol = props.protocol ?? 'C';
    const fencing = props.fencing ?? (modern ? defaultFencing(protocol) : undefined);
    const secret = modern ? (props.sharedSecret ?? defaultSharedSecret(this.deployment.name)) : undefined;
    // Without it `resync-rate` is only where DRBD's controller starts.
    const fixedRate: ExtraOptions = modern && props.resyncRate ? { 'c-plan-ahead': '0' } : {};
    const facts: DrbdResourceFacts = {
      ...this.identity,
      name: this.name,
      version: this.version,
      protocol,
      network: props.network.entityId,
      volumes: this.volumes.map((volume) => this.volumeFacts(volume)).sort((a, b) => a.number - b.number),
      peers: props.hosts.map((host, nodeId) => ({
        host: host.entityId,
        nodeId,
        address: host.interfaceIn(props.network)?.address ?? '',
        port: props.port,
      })),
      inconDegrCmd: props.inconDegrCmd,
      startup: {
        wfcTimeout: length(props.wfcTimeout ?? Duration.seconds(120)),
        degrWfcTimeout: length(props.degrWfcTimeout ?? Duration.seconds(60)),
        outdatedWfcTimeout: modern ? length(props.outdatedWfcTimeout ?? Duration.seconds(20)) : undefined,
        extraOptions: parts.options(path, 'startup', props.extraOptions?.startup),
      },
      disk: {
        onIoError: props.onIoError ?? 'detach',
        resyncRate: props.resyncRate?.bytesPerSecond,
        resyncAfter: props.resyncAfter?.entityId,
        resyncGroup: props.resyncGroup,
        alExtents: props.alExtents,
        extraOptions: { ...fixedRate, ...parts.options(path, 'disk', props.extraOptions?.disk) },
      },
      net: {
        timeout: (props.timeout ?? Duration.seconds(5)).inMilliseconds,
        connectInt: (props.connectInt ?? Duration.seconds(10)).inMilliseconds,
        pingInt: (props.pingInt ?? Duration.seconds(6)).inMilliseconds,
        pingTimeout: modern ? (props.pingTimeout ?? Duration.milliseconds(500)).inMilliseconds : undefined,
        koCount: props.koCount ?? 7,
        maxBuffers: props.maxBuffers,
        maxEpochSize: props.maxEpochSize,
        sndbufSize: props.sndbufSize?.inBytes,
        onDisconnect: props.onDisconnect,
        cramHmacAlg: secret ? 'sha256' : undefined,
        sharedSecret: secret && parts.secret(secret, 'DRBD peers authenticate each other', path),
        extraOptions: parts.options(path, 'net', props.extraOptions?.net),
      },
      fencing,
      handlers: Object.entries({
        ...(fencing === undefined || fencing === 'dont-care' ? {} : defaultHandlers),
        ...props.handlers,
      })
        .map(([event, command]) => ({ event, command }))
        .sort(by((handler) => handler.event)),
    };
    parts.drbdResources.push(facts);
  }

  private volumeFacts(volume: DrbdVolume): DrbdVolumeFacts {
    return {
      number: volume.number,
      minor: volume.minor,
      device: `/dev/drbd${volume.minor}`,
      disks: this.props.hosts.map((host) => {
        const disk = backingDisk(volume.disk, host.name) ?? '';
        return { host: host.entityId, disk, physicalDisk: physicalDiskOf(disk), metaDisk: volume.metaDisk };
      }),
      size: volume.size?.inBytes,
    };
  }

  private parseVolumes(): readonly DrbdVolume[] {
    const { volumes, minor, disk, port } = this.props;
    if ((volumes === undefined) === (disk === undefined) || volumes?.length === 0) {
      throw this.wrong(
        'drbd/volumes',
        'a resource has either a disk or volumes',
        this.name,
        "give 'disk' or 'volumes'",
      );
    }
    const single = { ...this.props, disk: disk ?? '', minor: minor ?? port - FIRST_PORT };
    return (volumes ?? [single]).map((volume, number) => {
      const parsed = { resource: this, number, metaDisk: 'internal', ...pick(volume) };
      this.given('minor', () => parseWholeNumber(parsed.minor, 0, 1_048_575));
      for (const host of this.props.hosts) {
        const device = backingDisk(parsed.disk, host.name);
        if (device === undefined) {
          throw this.wrong('drbd/volumes', `disk: no backing device for host ${host.name}`, host.name, 'name one');
        }
        this.given('disk', () => parseDevice(device));
      }
      if (typeof parsed.disk !== 'string') {
        Object.keys(parsed.disk).forEach((host) => this.given('disk', () => parseHostname(host)));
      }
      this.given('metaDisk', () =>
        parsePattern(
          parsed.metaDisk,
          /^(internal|\/dev\/[A-Za-z0-9_+.@:/-]+(\[\d+\])?)$/,
          'drbd/meta-disk',
          "meta-disk must be 'internal' or a device",
        ),
      );
      return parsed;
    });
  }

  private parseNumbers(): void {
    const { props } = this;
    this.choice('protocol', props.protocol, ['A', 'B', 'C']);
    const newer: readonly DrbdIoErrorPolicy[] = ['detach', 'pass_on', 'call-local-io-error'];
    this.choice('onIoError', props.onIoError, this.version === '9' ? newer : [...newer, 'panic']);
    this.choice('onDisconnect', props.onDisconnect, ['stand_alone', 'drop_net', 'freeze_io', 'reconnect']);
    this.choice('fencing', props.fencing, ['dont-care', 'resource-only', 'resource-and-stonith']);
    const { timeout, connectInt, pingInt, pingTimeout, wfcTimeout, degrWfcTimeout, outdatedWfcTimeout } = props;
    this.instances(Duration, { timeout, connectInt, pingInt, pingTimeout });
    for (const [property, value] of Object.entries({ wfcTimeout, degrWfcTimeout, outdatedWfcTimeout })) {
      if (value !== 'infinite') this.instances(Duration, { [property]: value });
    }
    this.instances(DataRate, { resyncRate: props.resyncRate });
    this.instances(DataSize, { sndbufSize: props.sndbufSize });
    this.optional('alExtents', props.alExtents, (count) => parseWholeNumber(count, 7, 65534));
    this.optional('koCount', props.koCount, (count) => parseWholeNumber(count, 0, 200));
    this.optional('maxBuffers', props.maxBuffers, (count) => parseWholeNumber(count, 32, 131_072));
    this.optional('maxEpochSize', props.maxEpochSize, (count) => parseWholeNumber(count, 1, 20_000));
    this.optional('resyncGroup', props.resyncGroup, (count) => parseWholeNumber(count, 1, 255));
    this.optional('inconDegrCmd', props.inconDegrCmd, parseText);
    for (const command of Object.values(props.handlers ?? {})) this.given('handlers', () => parseText(command));
  }
}

function backingDisk(disk: BackingDisk, host: string): string | undefined {
  return typeof disk === 'string' ? disk : disk[host];
}

function pick(
  volume: DrbdVolumeProps,
): Pick<DrbdVolume, 'minor' | 'disk' | 'size'> & Partial<Pick<DrbdVolume, 'metaDisk'>> {
  const { minor, disk, metaDisk, size } = volume;
  return { minor, disk, size, ...(metaDisk === undefined ? {} : { metaDisk }) };
}
