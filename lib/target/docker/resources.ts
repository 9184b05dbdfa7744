import type { ContainerConfig } from '@cdktf/provider-docker/lib/container';
import { App, TerraformStack } from 'cdktf';
import type { ContainerDescription, DaemonDescription } from '../../render/containers/description';
import { dockerDuration } from '../../render/containers/duration';
import { hostResourceId } from '../ssh/resource-ids';
import { terraformName } from '../terraform-name';
import { terraformLiteral } from '../terraform-text';
import { dockerBindings } from './provider';

/** What one daemon's containers are to Terraform. */
export interface DaemonResourcesProps {
  /** Of the target. */
  readonly path: string;
  /** Alias of its provider. */
  readonly alias: string;
  readonly endpoint: string;
  readonly description: DaemonDescription;
  /** Folder that the image is built from, as a Terraform expression, and a hash of its files. */
  readonly image: { readonly context: string; readonly hash: string };
  /** Terraform addresses that everything waits for. */
  readonly dependsOn: readonly string[];
}

/** A part of cdk.tf.json with the provider. */
export interface DaemonResources {
  readonly terraform: object;
  readonly provider: { readonly docker: readonly object[] };
  readonly resource: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

/** Logical id of a container, which is that of its host elsewhere. */
export const containerResourceId = hostResourceId;

/**
 * The provider, image, networks, volumes and containers of a daemon. The provider's own constructs make them, in a stack
 * that is thrown away: a target reads its deployment at synth, when its own stack takes no more constructs.
 */
export function daemonResources(props: DaemonResourcesProps): DaemonResources {
  const { Container, DockerProvider, Image, Network, Volume } = dockerBindings(props.path);
  const { description, dependsOn: fqns } = props;
  const stack = new TerraformStack(new App({ stackTraces: false }), 'docker');
  const dependsOn = fqns.length > 0 ? fqns.map((fqn) => ({ fqn })) : undefined;
  const provider = new DockerProvider(stack, 'provider', { alias: props.alias, host: props.endpoint });
  const named = <T extends { overrideLogicalId(id: string): void }>(resource: T, id: string): T => {
    resource.overrideLogicalId(id);
    return resource;
  };
  const image = named(
    new Image(stack, 'image', {
      provider,
      dependsOn,
      name: description.image,
      // Containers of other stacks may run it.
      keepLocally: true,
      triggers: { files: props.image.hash },
      buildAttribute: { context: props.image.context },
    }),
    `image_${props.alias}`,
  );
  const networks = new Map(
    description.networks.map(({ name, subnet, gateway, pool }) => [
      name,
      named(
        new Network(stack, `network-${name}`, {
          provider,
          dependsOn,
          name,
          driver: 'bridge',
          ipamConfig: [
            {
              subnet,
              ...(gateway === undefined ? {} : { gateway }),
              ...(pool === undefined ? {} : { ipRange: pool }),
            },
          ],
        }),
        terraformName(name),
      ),
    ]),
  );
  const volumes = new Map(
    description.volumes.map((name) => [
      name,
      named(new Volume(stack, `volume-${name}`, { provider, dependsOn, name }), terraformName(name)),
    ]),
  );
  for (const container of description.containers) {
    named(
      new Container(stack, `container-${container.host}`, {
        provider,
        dependsOn,
        image: image.imageId,
        ...settingsOf(container),
        networksAdvanced: container.networks.map(({ network, address }) => ({
          name: networks.get(network)?.name ?? network,
          ipv4Address: address,
        })),
        mounts: [
          ...container.volumes.map(({ name, target }) => ({
            type: 'volume',
            source: volumes.get(name)?.name ?? name,
            target,
            volumeOptions: { noCopy: true },
          })),
          ...container.binds.map(({ source, target }) => ({ type: 'bind', source, target, readOnly: true })),
        ],
      }),
      containerResourceId(container.host),
    );
  }
  const {
    terraform,
    provider: providers,
    resource,
  } = stack.toTerraform() as DaemonResources & {
    readonly terraform: Readonly<Record<string, unknown>>;
  };
  return { terraform: { required_providers: terraform['required_providers'] }, provider: providers, resource };
}

function settingsOf(container: ContainerDescription): Omit<ContainerConfig, 'image'> {
  const { health, capabilities, environment } = container;
  return {
    name: container.name,
    hostname: container.host,
    init: container.init,
    restart: container.restart,
    stopTimeout: container.stopTimeout / 1000,
    destroyGraceSeconds: container.stopTimeout / 1000,
    capabilities: { add: [...capabilities.add], drop: [...capabilities.drop] },
    ulimit: [{ name: 'nofile', soft: container.openFiles, hard: container.openFiles }],
    ...(Object.keys(environment).length > 0
      ? { env: Object.entries(environment).map(([name, value]) => `${name}=${value}`) }
      : {}),
    tmpfs: Object.fromEntries(container.memory.map((folder) => [folder, ''])),
    host: container.extraHosts.map(({ name, address }) => ({ host: name, ip: address })),
    healthcheck: {
      test: ['CMD', ...health.command.map(terraformLiteral)],
      interval: dockerDuration(health.interval),
      timeout: dockerDuration(health.timeout),
      retries: health.retries,
      startPeriod: dockerDuration(health.startPeriod),
    },
  };
}
