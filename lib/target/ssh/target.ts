import { type ITerraformDependable, TerraformElement } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import type { MailServerFacts } from '../../topology/mail';
import { clusterOfPair } from '../../topology/mail-cluster';
import type { HostFacts } from '../../topology/site';
import type { TopologySource } from '../../topology/source';
import type { Topology } from '../../topology/topology';
import { markAsTarget } from '../deployment-target';
import { reviewDesigns } from '../design-review';
import { assertFreeNames } from '../free-names';
import { selectedHosts } from '../host-selection';
import { writesDeploymentFolder } from '../deployment-folder';
import { renderedFiles } from '../rendered-files';
import { SECRETS_RESOURCE } from '../secret-variables';
import { markAsSecretsTarget, provenSecretsVersion, stackSecrets, type SecretsTarget } from '../stack-secrets';
import { TargetError } from '../target-error';
import { nameBelowStack } from '../terraform-name';
import { withOverrides } from '../overrides';
import { Certificates, type CertificateFiles } from './certificates';
import { ConnectionSettings, type SshConnection } from './connection';
import { fragmentOf, type HostFragment, type TerraformFragment } from './fragment';
import { addressOf, hostResourceId } from './resource-ids';
import { scriptLocals } from './steps';

/** Properties of an `SshTarget`. */
export interface SshTargetProps {
  /** The deployment whose hosts are configured. */
  readonly deployment: TopologySource;
  /**
   * The site whose hosts are configured: one site, one stack, so that a dead site does not stop the plan of the other,
   * and sites are deployed one after the other (R20).
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
   * Files of the certificates of directory servers, by the name of the server. Only their hashes get into plan and state;
   * the key does not even as a hash. A renewed certificate reaches its host alone, and slapd takes it up without a restart.
   * @default - for each server `ca.pem`, `<server>/server.crt` and `<server>/server.key` in `<deployment>.certificates`
   * beside `cdktf.out`, where `tandem certificates init` writes them
   */
  readonly certificates?: Readonly<Record<string, CertificateFiles>>;
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
 * Real servers, reached over ssh: one `terraform_data` for each host, which carries its files, and one for each cluster
 * and for each directory of several servers, which lets their hosts take new files in turn. It reads the deployment when the stack is synthesized, not before.
 */
export class SshTarget extends TerraformElement implements SecretsTarget {
  readonly deployment: TopologySource;
  private readonly connection: ConnectionSettings;
  private readonly certificates: Certificates;
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
    markAsSecretsTarget(this);
    this.deployment = props.deployment;
    this.connection = new ConnectionSettings(this.node.path, props.connection ?? {}, {
      privateKeyFile: this.variableName('private_key_file'),
      hostKeys: this.variableName('host_keys'),
    });
    this.certificates = new Certificates(this.node.path, props.certificates ?? {});
    this.secretsVersion = provenSecretsVersion(this.node.path, 'ssh', props.secretsVersion);
    writesDeploymentFolder(this);
  }

  /** The resource of a host, for `dependsOn` of resources in the same stack. */
  resource(host: string): ITerraformDependable {
    this.wanted.add(host);
    return { fqn: addressOf(hostResourceId(host)) };
  }

  /** The hosts that this target configures, sorted by id. Freezes the deployment. */
  hosts(): readonly HostFacts[] {
    return selectedHosts(this, 'ssh', this.props);
  }

  /** @internal */
  secretsOfFiles(): readonly string[] {
    return this.build().secrets;
  }

  /** This target's part of cdk.tf.json. */
  override toTerraform(): object {
    reviewDesigns(this);
    if (!this.made) {
      this.made = this.make();
      assertFreeNames(this, 'ssh', this.made.resource.terraform_data, this.made.variable);
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
    const { variable, resource } = stackSecrets(this);
    return {
      ...fragment,
      variable: { ...fragment.variable, ...variable },
      resource: { terraform_data: { ...fragment.resource.terraform_data, ...resource } },
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
      certificates: this.certificates,
      secretsVersion: this.secretsVersion,
      dependsOn: (this.props.dependsOn ?? []).map((dependency) => dependency.fqn),
      secretGuard: SECRETS_RESOURCE,
      filesOf: (host) => renderedFiles(topology, host.id),
    });
    return this.built;
  }

  private assertReachable(topology: Topology, hosts: readonly HostFacts[]): void {
    const refuse = (rule: string, problem: string, names: readonly string[], remedy: string): void => {
      if (names.length > 0) throw new TargetError(this.node.path, rule, problem, names.join(', '), remedy);
    };
    const own = new Set(hosts.map((host) => host.id));
    refuse(
      'ssh/directory',
      'this target configures directory servers of OpenLDAP only: 389 Directory Server was never run with its units',
      topology.directoryServers
        .filter(({ host, engine }) => own.has(host) && engine === 'ds389')
        .map(({ name }) => name),
      "deploy them in containers with DockerTarget, give them the engine 'openldap', or leave their hosts out of the target",
    );
    refuse(
      'ssh/certificates',
      'certificates names directory servers that the deployment does not have',
      this.certificates.strangers(topology),
      'correct the names',
    );
    refuse(
      'ssh/mail',
      'this target deploys mail servers with Postfix whose queues are on DRBD, SAN or NFS',
      withoutCluster(topology)
        .filter(({ host }) => own.has(host))
        .map(({ name }) => name),
      "set M-Switch up by its worksheet and leave its hosts out of the target, or give servers such queues; those on volumes of kind 'docker' are deployed by DockerTarget",
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

  private variableName(purpose: string): string {
    return `${purpose}_${nameBelowStack(this)}`;
  }
}

/** Mail servers that no cluster starts. */
function withoutCluster(topology: Topology): readonly MailServerFacts[] {
  const clustered = new Set(
    topology.mailPairs.filter((pair) => clusterOfPair(topology, pair)).flatMap(({ servers }) => servers),
  );
  return topology.mailServers.filter(({ id }) => !clustered.has(id));
}
