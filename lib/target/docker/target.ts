import { type ITerraformDependable, TerraformElement } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import type { RuleFinding } from '../../check/rule';
import { printCompose } from '../../render/compose/print';
import { describeDaemon } from '../../render/containers/describe';
import type { DaemonDescription } from '../../render/containers/description';
import type { HostFacts } from '../../topology/site';
import type { TopologySource } from '../../topology/source';
import { writesDeploymentFolder } from '../deployment-folder';
import { markAsTarget } from '../deployment-target';
import { reviewDesigns } from '../design-review';
import { assertFreeNames } from '../free-names';
import { selectedHosts } from '../host-selection';
import { withOverrides } from '../overrides';
import { SECRETS_RESOURCE } from '../secret-variables';
import { leastNeededFirst } from '../ssh/activation-groups';
import { bundleOf, bundleText } from '../ssh/bundle';
import { Certificates } from '../ssh/certificates';
import { scriptLocals } from '../ssh/steps';
import { markAsSecretsTarget, provenSecretsVersion, stackSecrets, type SecretsTarget } from '../stack-secrets';
import { TargetError } from '../target-error';
import { nameBelowStack, terraformName } from '../terraform-name';
import { applyResources, type Turn } from './apply-resources';
import { BUNDLES, composeOf, IMAGE } from './compose';
import { containerFiles } from './container-files';
import { assertDaemons, daemonsOf, type DaemonHosts, type DockerDaemon } from './daemons';
import { containerImage, type ContainerImage } from './image';
import { oneDaemon } from './one-daemon';
import { assertFit } from './refusals';
import { daemonResources, type DaemonResources } from './resources';

/** Properties of a `DockerTarget`. */
export interface DockerTargetProps {
  /** The deployment whose hosts become containers. */
  readonly deployment: TopologySource;
  /**
   * The site whose hosts become containers: one site, one stack, so that a dead site does not stop the plan of the other, and
   * sites are deployed one after the other (R20).
   * @default - the hosts of all sites
   */
  readonly site?: IConstruct;
  /**
   * The hosts that become containers, where not all of a site belong into one stack.
   * @default - all hosts of the site
   */
  readonly hosts?: readonly IConstruct[];
  /**
   * The daemons by name. A daemon fails as a whole, so members of a group belong on different ones
   * (`docker/one-daemon`). Targets that use one daemon give it one name.
   * @default - one daemon `local`, that of this machine
   */
  readonly daemons?: Readonly<Record<string, DockerDaemon>>;
  /**
   * The image that the generated Dockerfile begins with: a Debian with apt.
   * @default 'debian:bookworm-slim'
   */
  readonly baseImage?: string;
  /**
   * Raise it after the values of secrets were changed: Terraform keeps no values, so it cannot see that.
   * @default 1
   */
  readonly secretsVersion?: number;
  /**
   * What must exist before images, networks and containers are made.
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

interface Built {
  readonly image: ContainerImage;
  readonly daemons: readonly (DaemonHosts & { readonly alias: string })[];
  readonly turns: readonly Turn[];
}

/**
 * Containers of Docker, one for each host. Configuration is no part of a container: it reaches each one through its
 * volumes, one after the other, so that a change recreates nothing. It reads the deployment when the stack is synthesized,
 * not before.
 */
export class DockerTarget extends TerraformElement implements SecretsTarget {
  readonly deployment: TopologySource;
  private readonly secretsVersion: number;
  private readonly baseImage: string;
  private built?: Built;
  private made?: object;

  /** @throws TargetError when a property has a wrong value */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: DockerTargetProps,
  ) {
    super(scope, id);
    markAsTarget(this);
    markAsSecretsTarget(this);
    this.deployment = props.deployment;
    this.baseImage = props.baseImage ?? 'debian:bookworm-slim';
    this.secretsVersion = provenSecretsVersion(this.node.path, 'docker', props.secretsVersion);
    assertDaemons(this.node.path, this.daemonProps);
    writesDeploymentFolder(this);
  }

  /** The hosts that become containers, sorted by id. Freezes the deployment. */
  hosts(): readonly HostFacts[] {
    return selectedHosts(this, 'docker', this.props);
  }

  /** What the rules of the deployment cannot see: who shares a daemon. Freezes the deployment. */
  targetFindings(): readonly RuleFinding[] {
    return oneDaemon(this.deployment.topology(), this.daemons());
  }

  /** @internal */
  secretsOfFiles(): readonly string[] {
    return [...new Set(this.build().turns.flatMap(({ bundle }) => bundle.secrets))].sort();
  }

  /** @internal */
  folderContents(): ReadonlyMap<string, string> {
    const topology = this.deployment.topology();
    const { image, daemons } = this.build();
    const contents = new Map([...image.files].map(([name, text]) => [`${IMAGE}/${name}`, text]));
    for (const daemon of daemons) {
      const description = this.describe(image, daemon, `../../../${topology.name}.certificates`);
      const secrets = daemon.secrets ?? `../../../${topology.name}.secrets`;
      const file = printCompose(topology.path, composeOf(topology, daemon.hosts, description, secrets));
      contents.set(this.composeName(daemon.name), file);
      for (const host of daemon.hosts)
        contents.set(`${BUNDLES}/${host.name}/bundle`, bundleText(topology, host, containerFiles(topology, host)));
    }
    return contents;
  }

  /** This target's part of cdk.tf.json. */
  override toTerraform(): object {
    reviewDesigns(this);
    this.made ??= this.make();
    return withOverrides({ ...this.made, locals: scriptLocals() }, this.rawOverrides);
  }

  override toHclTerraform(): never {
    throw new TargetError(
      this.node.path,
      'docker/hcl',
      'this target writes JSON only',
      'hclOutput',
      'switch hclOutput and SYNTH_HCL_OUTPUT off',
    );
  }

  private get daemonProps(): Readonly<Record<string, DockerDaemon>> {
    return this.props.daemons ?? { local: {} };
  }

  private daemons(): readonly DaemonHosts[] {
    return daemonsOf(this, this.hosts(), this.daemonProps);
  }

  /** Compose works on one daemon. */
  private composeName(daemon: string): string {
    const alone = this.hosts().length === this.deployment.topology().hosts.length && this.build().daemons.length === 1;
    return alone ? 'compose.yaml' : `compose.${this.node.id}.${daemon}.yaml`;
  }

  private build(): Built {
    if (this.built) return this.built;
    const topology = this.deployment.topology();
    const daemons = this.daemons();
    assertFit(this.node.path, topology, daemons);
    const certificates = new Certificates(this.node.path, {});
    this.built = {
      image: containerImage(topology, this.baseImage),
      daemons: daemons.map((daemon) => ({ ...daemon, alias: `${nameBelowStack(this)}_${terraformName(daemon.name)}` })),
      turns: leastNeededFirst(
        topology,
        daemons.flatMap((daemon) => daemon.hosts),
      ).map((host) => {
        const daemon = daemons.find((one) => one.hosts.includes(host)) as DaemonHosts;
        return {
          host,
          endpoint: daemon.endpoint,
          bundle: bundleOf(topology, host, containerFiles(topology, host), this.secretsVersion),
          ...(readsHere(daemon) ? { certificate: certificates.of(topology, host) } : {}),
        };
      }),
    };
    return this.built;
  }

  private describe(image: ContainerImage, daemon: DaemonHosts, certificates: string): DaemonDescription {
    return describeDaemon(this.deployment.topology(), {
      hosts: daemon.hosts,
      image: image.name,
      certificates: daemon.certificates ?? certificates,
    });
  }

  private make(): object {
    const topology = this.deployment.topology();
    const { image, daemons, turns } = this.build();
    const { variable, resource: secrets } = stackSecrets(this);
    const resources = daemons.map((daemon) =>
      daemonResources({
        path: this.node.path,
        alias: daemon.alias,
        endpoint: daemon.endpoint,
        // Terraform runs in the folder of the stack, three below the project's.
        description: this.describe(
          image,
          daemon,
          `\${abspath("\${path.root}/../../../${topology.name}.certificates")}`,
        ),
        image: { context: `\${abspath("\${path.root}/../../tandem/${topology.name}/${IMAGE}")}`, hash: image.hash },
        dependsOn: (this.props.dependsOn ?? []).map(({ fqn }) => fqn),
      }),
    );
    const terraformData = {
      ...secrets,
      ...applyResources({ topology, turns, secretGuard: SECRETS_RESOURCE, openId: `open_${nameBelowStack(this)}` }),
    };
    assertFreeNames(this, 'docker', terraformData, variable);
    return {
      terraform: resources[0]?.terraform ?? {},
      provider: { docker: resources.flatMap(({ provider }) => provider.docker) },
      variable,
      resource: { ...mergedResources(resources), terraform_data: terraformData },
    };
  }
}

/** Containers read the folder that `tandem certificates` works on, so Terraform sees there what is new. */
const readsHere = ({ endpoint, certificates }: DaemonHosts): boolean =>
  endpoint.startsWith('unix:') && certificates === undefined;

/** Names of daemons' resources differ, because each host and network is on one of them. */
function mergedResources(parts: readonly DaemonResources[]): Record<string, Record<string, object>> {
  const merged: Record<string, Record<string, object>> = {};
  for (const { resource } of parts)
    for (const [type, resources] of Object.entries(resource)) merged[type] = { ...merged[type], ...resources };
  return merged;
}
