import { Construct } from 'constructs';
import type { ConstructPath, EntityId } from '../topology/units';
import { Deployment } from './deployment';
import { ModelError, given } from './model-error';
import type { TopologyParts } from './topology-parts';
import { type ValueClass, parseChoice, parseInstance } from './values/kind';
import { parseName } from './values/name';
import { quoted } from './values/text';

/** What every construct of a deployment has: a place below the deployment, and acknowledgements of its own. */
export abstract class Entity extends Construct {
  /** The deployment it belongs to. */
  readonly deployment: Deployment;

  /**
   * @throws ModelError `model/scope` outside a deployment, `model/frozen` after synth read the deployment,
   * `value/name` for a name that paths cannot hold,
   * `model/unique-name` for one that stands there already
   */
  constructor(scope: Construct, name: string) {
    const deployment = Deployment.of(scope, name);
    deployment.assertOpen(`${scope.node.path}/${name}`);
    given(`${scope.node.path}/${name}`, 'name', () => parseName(name));
    if (scope.node.tryFindChild(name)) {
      const path = `${scope.node.path}/${name}`;
      throw new ModelError(
        path,
        'model/unique-name',
        'the name is taken',
        quoted(name),
        'give each construct its own name',
      );
    }
    super(scope, name);
    this.deployment = deployment;
  }

  /** The name given in code. */
  get name(): string {
    return this.node.id;
  }

  /** Id in the topology: the path below the deployment. */
  get entityId(): EntityId {
    return this.node.path.slice(this.deployment.node.path.length + 1);
  }

  /**
   * Accepts a warning for this construct and all below it; reports list it with its reason.
   *
   * @param rule id of the rule, for instance `host/clock`
   * @param reason why it is acceptable here
   * @throws ModelError `model/reason` without a reason
   */
  acknowledge(rule: string, reason: string): this {
    this.deployment.addAcknowledgement(this.node.path, rule, reason);
    return this;
  }

  /** Parses a property's value; errors name this construct and the property. */
  protected given<T>(property: string, parse: () => T): T {
    return given(this.node.path, property, parse);
  }

  /** Parses a property's value when there is one. */
  protected optional<V, T>(property: string, value: V | undefined, parse: (value: V) => T): T | undefined {
    return value === undefined ? undefined : this.given(property, () => parse(value));
  }

  /** Refuses values that are no instances of a class, by property; an absent one is fine. */
  protected instances<T>(type: ValueClass<T>, values: Readonly<Record<string, T | undefined>>): void {
    for (const [property, value] of Object.entries(values)) {
      if (value !== undefined) this.given(property, () => parseInstance(value, type));
    }
  }

  /** Refuses a word that is not one of those there are; an absent one is fine. */
  protected choice<T extends string>(property: string, value: T | undefined, choices: readonly T[]): void {
    if (value !== undefined) this.given(property, () => parseChoice(value, choices));
  }

  /** A wrong use of this construct. */
  protected wrong(rule: string, problem: string, value: string, remedy: string): ModelError {
    return new ModelError(this.node.path, rule, problem, quoted(value), remedy);
  }

  /**
   * Adds what this construct knows to the topology.
   * @internal
   */
  abstract contribute(parts: TopologyParts): void;

  /** What the topology holds of every entity. */
  protected get identity(): { readonly id: EntityId; readonly path: ConstructPath } {
    return { id: this.entityId, path: this.node.path };
  }
}
