import type { Topology } from '../topology/topology';
import type { ConstructPath } from '../topology/units';

/** `error`: the deployment is refused; `warning`: reported until it is mended or acknowledged with a reason. */
export type Severity = 'error' | 'warning';

/** What a rule found wrong at one construct. */
export interface RuleFinding {
  readonly path: ConstructPath;
  /** What is wrong, in the words of the API, without the value. */
  readonly problem: string;
  /** The value that is wrong, as the user knows it. */
  readonly value?: string;
  readonly remedy: string;
  /** Setting that holds the value, for instance `startup.wfcTimeout`; files that were read name its line. */
  readonly property?: string;
}

/** What is said of a rule in lists and findings. */
export interface RuleDescription {
  /** For instance `drbd/unique-minor`. */
  readonly id: string;
  readonly severity: Severity;
  /** Requirement ids it carries out, for instance `E10`. */
  readonly requirements: readonly string[];
  /** One sentence: what must hold. */
  readonly title: string;
  /** Why it matters: the consequence when it does not hold. */
  readonly rationale: string;
}

/** A rule: a pure function of a topology. */
export interface Rule extends RuleDescription {
  check(topology: Topology): readonly RuleFinding[];
}
