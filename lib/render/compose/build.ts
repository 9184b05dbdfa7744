import { by } from '../../topology/order';
import type { BindMount, ContainerDescription, DaemonDescription } from '../containers/description';
import { dockerDuration } from '../containers/duration';

/** What compose.yaml says of a container beyond its description, because Terraform brings it another way. */
export interface ComposeExtras {
  /** Folder that the image is built from, relative to compose.yaml. */
  readonly image: string;
  /** The bundle and the values of secrets, by host. */
  readonly binds: ReadonlyMap<string, readonly BindMount[]>;
}

/** A compose.yaml as plain data (Compose specification). */
export type ComposeFile = Readonly<Record<'services' | 'networks' | 'volumes', Readonly<Record<string, object>>>>;

/** The containers of one daemon for Compose. */
export function buildCompose(daemon: DaemonDescription, extras: ComposeExtras): ComposeFile {
  return {
    services: Object.fromEntries(
      daemon.containers.map((container) => [
        container.host,
        service(container, extras.image, extras.binds.get(container.host) ?? []),
      ]),
    ),
    networks: Object.fromEntries(
      daemon.networks.map(({ name, subnet, gateway, pool }) => [
        name,
        {
          name,
          driver: 'bridge',
          ipam: {
            config: [
              {
                subnet,
                ...(gateway === undefined ? {} : { gateway }),
                ...(pool === undefined ? {} : { ip_range: pool }),
              },
            ],
          },
        },
      ]),
    ),
    volumes: Object.fromEntries(daemon.volumes.map((name) => [name, { name }])),
  };
}

function service(container: ContainerDescription, image: string, more: readonly BindMount[]): object {
  const { health } = container;
  return {
    image: container.image,
    build: image,
    container_name: container.name,
    hostname: container.host,
    init: container.init,
    restart: container.restart,
    stop_grace_period: dockerDuration(container.stopTimeout),
    cap_drop: container.capabilities.drop,
    cap_add: container.capabilities.add,
    ulimits: { nofile: container.openFiles },
    tmpfs: container.memory,
    ...(Object.keys(container.environment).length > 0 ? { environment: container.environment } : {}),
    networks: Object.fromEntries(
      container.networks.map(({ network, address }) => [network, { ipv4_address: address }]),
    ),
    extra_hosts: container.extraHosts.map(({ name, address }) => `${name}:${address}`),
    volumes: [
      ...container.volumes.map(({ name, target }) => ({
        type: 'volume',
        source: name,
        target,
        volume: { nocopy: true },
      })),
      ...[...container.binds, ...more]
        .sort(by(({ target }) => target))
        .map(({ source, target }) => ({ type: 'bind', source, target, read_only: true })),
    ],
    healthcheck: {
      test: ['CMD', ...health.command],
      interval: dockerDuration(health.interval),
      timeout: dockerDuration(health.timeout),
      retries: health.retries,
      start_period: dockerDuration(health.startPeriod),
    },
  };
}
