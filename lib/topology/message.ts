import type { ConstructPath } from './units';

/** What a message about a construct says. */
export interface MessageParts {
  readonly path: ConstructPath;
  readonly rule: string;
  readonly problem: string;
  readonly value?: string;
  readonly remedy: string;
}

/** One line: `[construct path] rule-id: what is wrong (value); what to do`. */
export function formatMessage({ path, rule, problem, value, remedy }: MessageParts): string {
  return `[${path}] ${rule}: ${problem}${value === undefined ? '' : ` (${value})`}; ${remedy}`;
}

/** What layers throw about a construct; the message names construct, rule, problem, value and remedy. */
export abstract class ConstructError extends Error {
  constructor(
    readonly path: ConstructPath,
    readonly rule: string,
    problem: string,
    value: string,
    remedy: string,
  ) {
    super(formatMessage({ path, rule, problem, value, remedy }));
  }
}
