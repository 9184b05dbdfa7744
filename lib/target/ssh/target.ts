import { type ITerraformDependable, TerraformElement } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import type { HostFacts } from '../../topology/site';
import type { TopologySource } from '../../topology/source';
import type { Topology } from '../../topology/topology';
import { markAsTarget, type DeploymentTarget } from '../deployment-target';
import { reviewDesigns } from '../design-review';
import { writesDeploymentFolder } from '../deployment-folder';
import { renderedFiles } from '../rendered-files';
import { secretGuard, SECRETS_RESOURCE, secretVariables } from '../secret-variables';
import { TargetError } from '../target-error';
import { terraformName } from '../terraform-name';
import { withOverrides } from '../overrides';
import { ConnectionSettings, type SshConnection } from './connection';
import { fragmentOf, type HostFragment, type TerraformFragment } from './fragment';
import { addressOf, hostResourceId } from './resource-ids';
import { contentsOfStack } from './stack-contents';
import { scriptLocals } from './steps';

/** Properties of an `SshTarget`. */
export interface SshTargetProps {
  /** The deployment whose hosts are configured. */
  readonly deployment: TopologySource;
  /**
   * The site whose hosts are configured: one site, one stack, so that a dead site does not stop the plan of the other.
   * @default - the hosts of all sites
   */
  readonly site?: IConstruct;
  /**
   * The hosts that are configured, where not all of a site belong into one stack.
   * @default - all hosts of the site
   */
  readonly hosts?: readonly IConstruct[];
  /**
   * How the hosts are reached.
   * @default - as root, by the keys of the ssh agent, host keys from the Terraform variable `host_keys_<target>`
   */
  readonly connection?: SshConnection;
  /**
   * Raise it after the values of secrets were changed: Terraform keeps no values, so it cannot see that.
   * @default 1
   */
  readonly secretsVersion?: number;
  /**
   * What must exist before a host can be configured, for instance the machine itself.
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Real servers, reached over ssh: one `terraform_data` for each host, which carries its files, and one for each cluster,
 * which lets the nodes take new files in turn. It reads the deployment when the stack is synthesized, not before.
 */
export class SshTarget extends TerraformElement implements DeploymentTarget {
  readonly deployment: TopologySource;
  private readonly connection: ConnectionSettings;
  private readonly secretsVersion: number;
  private readonly wanted = new Set<string>();
  private built?: HostFragment;
  private made?: TerraformFragment;

  /** @throws TargetError when a property has a wrong value */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: SshTargetProps,
  ) {
    super(scope, id);
    markAsTarget(this);
    this.deployment = props.deployment;
    this.connection = new ConnectionSettings(this.node.path, props.connection ?? {}, {
      privateKeyFile: this.variableName('private_key_file'),
      hostKeys: this.variableName('host_keys'),
    });
    this.secretsVersion = props.secretsVersion ?? 1;
    if (!Number.isSafeInteger(this.secretsVersion) || this.secretsVersion < 1) {
      throw new TargetError(
        this.node.path,
        'ssh/secrets-version',
        'secretsVersion must be a whole number from 1 on',
        String(props.secretsVersion),
        'count it up with every change of a value',
      );
    }
    writesDeploymentFolder(this);
  }

  /** The resource of a host, for `dependsOn` of resources in the same stack. */
  resource(host: string): ITerraformDependable {
    this.wanted.add(host);
    return { fqn: addressOf(hostResourceId(host)) };
  }

  /** The hosts that this target configures, sorted by id. Freezes the deployment. */
  hosts(): readonly HostFacts[] {
    const topology = this.deployment.topology();
    const site = this.props.site && this.member('site', topology.sites, this.props.site);
    const chosen =
      this.props.hosts && new Set(this.props.hosts.map((host) => this.member('host', topology.hosts, host)));
    return topology.hosts.filter(
      (host) => (site === undefined || host.site === site.id) && (chosen === undefined || chosen.has(host)),
    );
  }

  /** This target's part of cdk.tf.json. */
  override toTerraform(): object {
    reviewDesigns(this);
    if (!this.made) {
      this.made = this.make();
      this.assertFreeNames(this.made);
    }
    return withOverrides({ ...this.made, locals: scriptLocals() }, this.rawOverrides);
  }

  override toHclTerraform(): never {
    throw new TargetError(
      this.node.path,
      'ssh/hcl',
      'this target writes JSON only',
      'hclOutput',
      'switch hclOutput and SYNTH_HCL_OUTPUT off',
    );
  }

  private make(): TerraformFragment {
    const { fragment } = this.build();
    const siblings = this.siblings();
    if (siblings[0] !== this) return fragment;
    // One guard for the stack: a missing secret is reported once, not once for each host.
    const topology = this.deployment.topology();
    const needed = new Set(siblings.flatMap((sibling) => sibling.build().secrets));
    const secrets = topology.secrets.filter((secret) => needed.has(secret.name));
    if (secrets.length === 0) return fragment;
    return {
      ...fragment,
      variable: { ...fragment.variable, ...secretVariables(secrets) },
      resource: {
        terraform_data: {
          ...fragment.resource.terraform_data,
          [SECRETS_RESOURCE]: secretGuard(topology.name, secrets),
        },
      },
    };
  }

  private build(): HostFragment {
    if (this.built) return this.built;
    const topology = this.deployment.topology();
    const hosts = this.hosts();
    this.assertReachable(topology, hosts);
    this.built = fragmentOf({
      topology,
      hosts,
      connection: this.connection,
      secretsVersion: this.secretsVersion,
      dependsOn: (this.props.dependsOn ?? []).map((dependency) => dependency.fqn),
      secretGuard: SECRETS_RESOURCE,
      filesOf: (host) => renderedFiles(topology, host.id),
    });
    return this.built;
  }

  /** The targets of this deployment in this stack, this one among them. */
  private siblings(): SshTarget[] {
    return contentsOfStack(this)
      .targets.filter((target) => target instanceof SshTarget)
      .filter((target) => target.deployment === this.deployment);
  }

  /** cdktf merges what has one name without a word. */
  private assertFreeNames(fragment: TerraformFragment): void {
    const { resources, variables } = contentsOfStack(this);
    const refuse = (name: string, construct: IConstruct): never => {
      throw new TargetError(
        construct.node.path,
        'ssh/logical-id',
        `the target ${this.node.path} needs this name`,
        name,
        'rename it',
      );
    };
    for (const [name, construct] of resources) if (name in fragment.resource.terraform_data) refuse(name, construct);
    for (const [name, construct] of variables) if (name in fragment.variable) refuse(name, construct);
  }

  private assertReachable(topology: Topology, hosts: readonly HostFacts[]): void {
    const refuse = (rule: string, problem: string, names: readonly string[], remedy: string): void => {
      if (names.length > 0) throw new TargetError(this.node.path, rule, problem, names.join(', '), remedy);
    };
    const own = new Set(hosts.map((host) => host.id));
    refuse(
      'ssh/directory',
      'no configuration is written for directory servers yet',
      topology.directoryServers.filter(({ host }) => own.has(host)).map(({ name }) => name),
      'check and test such a deployment without a target',
    );
    refuse(
      'ssh/mail',
      'no configuration is written for mail servers and load balancers yet',
      [
        ...topology.mailServers.filter(({ host }) => own.has(host)),
        ...topology.loadBalancers.filter(
          ({ balancer }) => balancer.kind === 'software' && balancer.hosts.some((host) => own.has(host)),
        ),
      ].map(({ name }) => name),
      'check and test such a deployment without a target',
    );
    refuse(
      'ssh/host-key',
      'connection.hostKey lacks hosts, and Terraform would connect to anybody without a host key',
      this.connection.unknownHosts(hosts),
      "add the line of the host's /etc/ssh/ssh_host_ed25519_key.pub",
    );
    refuse(
      'ssh/unknown-host',
      'connection names hosts that the deployment does not have',
      this.connection.strangers(topology),
      'correct the names',
    );
    const known = new Set(hosts.map((host) => host.name));
    refuse(
      'ssh/unknown-host',
      'resource() was asked for hosts that this target does not configure',
      [...this.wanted].filter((name) => !known.has(name)),
      'correct the names',
    );
  }

  private member<T extends { readonly path: string }>(kind: string, entities: readonly T[], construct: IConstruct): T {
    const { path } = construct.node;
    const found = entities.find((entity) => entity.path === path);
    if (found) return found;
    throw new TargetError(
      this.node.path,
      `ssh/${kind}`,
      `the ${kind} is not part of deployment '${this.deployment.node.path}'`,
      construct.node.path,
      `give a ${kind} of this deployment`,
    );
  }

  private variableName(purpose: string): string {
    const below = this.node.scopes.slice(this.cdktfStack.node.scopes.length);
    return `${purpose}_${below.map((scope) => terraformName(scope.node.id)).join('_-')}`;
  }
}
