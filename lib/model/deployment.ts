import { Construct } from 'constructs';
import type { DrbdVersion } from '../topology/drbd';
import type { AcknowledgementFacts, Topology } from '../topology/topology';
import type { TopologySource } from '../topology/source';
import type { ConstructPath } from '../topology/units';
import { TopologyParts, isContributor } from './topology-parts';
import { ModelError, given } from './model-error';
import { parseChoice } from './values/kind';
import { parseName } from './values/name';
import { parseText } from './values/text';
import { parseTimeServer } from './values/time-server';

const DEPLOYMENT = Symbol.for('tandem/deployment');

/** Properties of a `Deployment`. */
export interface DeploymentProps {
  /**
   * Generation of DRBD on the hosts.
   * @default '8.4', the module of Debian 12's kernel
   */
  readonly drbdVersion?: DrbdVersion;
  /**
   * NTP servers of all hosts.
   * @default - none, which rule `host/clock` reports
   */
  readonly timeServers?: readonly string[];
}

/**
 * One highly available deployment: the root of sites, clusters and services. It needs no Terraform. It freezes when it
 * is first read; adding to it afterwards is an error.
 */
export class Deployment extends Construct implements TopologySource {
  /** Whether a value is a deployment, also of another copy of this package. */
  static isDeployment(value: unknown): value is Deployment {
    return typeof value === 'object' && value !== null && DEPLOYMENT in value;
  }

  /**
   * The deployment that a construct belongs to.
   * @throws ModelError `model/scope`
   */
  static of(scope: Construct, name: string): Deployment {
    const deployment = scope.node.scopes.find((candidate) => Deployment.isDeployment(candidate));
    if (!deployment) {
      throw new ModelError(
        scope.node.path,
        'model/scope',
        'a construct of Tandem must be inside a Deployment',
        name,
        'create it with a Deployment, or something inside one, as its scope',
      );
    }
    return deployment as Deployment;
  }

  readonly drbdVersion: DrbdVersion;
  readonly timeServers: readonly string[];
  private readonly acknowledgements: AcknowledgementFacts[] = [];
  private frozen?: Topology;

  /**
   * @param scope a Terraform stack; `undefined` for a deployment that stands alone, as in a unit test
   * @param name name of the deployment and of its output folder
   * @throws ModelError `value/name`
   */
  constructor(scope: Construct | undefined, name: string, props: DeploymentProps = {}) {
    given(scope ? `${scope.node.path}/${name}` : name, 'name', () => parseName(name));
    // constructs takes an absent scope for a root, its types do not say so
    super(scope as Construct, name);
    Object.defineProperty(this, DEPLOYMENT, { value: true });
    this.drbdVersion = given(this.node.path, 'drbdVersion', () =>
      parseChoice(props.drbdVersion ?? '8.4', ['0.7', '8.4', '9']),
    );
    this.timeServers = (props.timeServers ?? []).map((server) =>
      given(this.node.path, 'timeServers', () => parseTimeServer(server)),
    );
  }

  /** The name given in code. */
  get name(): string {
    return this.node.id;
  }

  /** The frozen facts. The first call freezes the deployment. */
  topology(): Topology {
    if (this.frozen) return this.frozen;
    const parts = new TopologyParts();
    for (const construct of this.node.findAll()) if (isContributor(construct)) construct.contribute(parts);
    this.frozen = parts.assemble(this.name, this.node.path, this.drbdVersion, this.acknowledgements);
    return this.frozen;
  }

  /** Accepts a warning for the whole deployment. */
  acknowledge(rule: string, reason: string): this {
    this.addAcknowledgement(this.node.path, rule, reason);
    return this;
  }

  /** @internal */
  addAcknowledgement(path: ConstructPath, rule: string, reason: string): void {
    this.assertOpen(path);
    if (given(path, 'reason', () => parseText(reason)).trim() === '') {
      throw new ModelError(path, 'model/reason', 'an acknowledgement needs a reason', rule, 'say why it is acceptable');
    }
    this.acknowledgements.push({ rule, path, reason });
  }

  /** @internal */
  assertOpen(path: ConstructPath): void {
    if (this.frozen) {
      throw new ModelError(
        path,
        'model/frozen',
        'the deployment was read already and takes no more constructs or settings',
        this.node.path,
        'add everything before synth or before topology() is called',
      );
    }
  }
}
