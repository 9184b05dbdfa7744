import type { Topology } from '../../lib/topology/topology';

/** One topology and what one rule says of it. */
export interface RuleCase {
  readonly rule: string;
  /** What is special about the topology, as the end of a sentence. */
  readonly when: string;
  readonly topology: Topology;
  /** The findings in the order of the rule; none for a topology that it accepts. */
  readonly findings: readonly ExpectedFinding[];
}

/** Where a finding must be and what its text must say. */
export interface ExpectedFinding {
  readonly path: string;
  readonly text: RegExp;
}

/** A topology that the rule accepts. */
export const accepts = (rule: string, when: string, topology: Topology): RuleCase => ({
  rule,
  when,
  topology,
  findings: [],
});

/** A topology in which the rule finds one fault. */
export const finds = (rule: string, when: string, topology: Topology, path: string, text: RegExp): RuleCase => ({
  rule,
  when,
  topology,
  findings: [{ path, text }],
});

/** A topology in which the rule finds several faults. */
export const findsAll = (
  rule: string,
  when: string,
  topology: Topology,
  ...findings: readonly ExpectedFinding[]
): RuleCase => ({ rule, when, topology, findings });
