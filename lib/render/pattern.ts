import { FormatError } from './format-error';

/** What a value of a file must look like. */
export interface PatternProps {
  /** The file format, for instance `hosts`. */
  readonly format: string;
  /** What the value is, for instance `the name of host 'ox1'`. */
  readonly what: string;
  readonly value: string;
  /** Must describe the whole value. */
  readonly pattern: RegExp;
  /** What the format can not hold. */
  readonly problem: string;
  readonly remedy: string;
}

/**
 * The value, when the format can hold it.
 * @throws FormatError when it does not match
 */
export function matching(props: PatternProps): string {
  if (props.pattern.test(props.value)) return props.value;
  const { format, what, value, problem, remedy } = props;
  throw new FormatError({ format, what, problem, remedy, value });
}

/** Names that stand in file names, unit names and lists of words. */
export function plainName(format: string, what: string, value: string): string {
  return matching({
    format,
    what,
    value,
    pattern: /^[A-Za-z0-9][A-Za-z0-9_.-]*$/,
    problem: "is not of letters, digits, '_', '.' and '-' alone",
    remedy: 'give it another name',
  });
}

/** An absolute path on one line. */
export function absolutePath(format: string, what: string, value: string): string {
  return matching({
    format,
    what,
    value,
    pattern: /^\/[^\p{Cc}\p{Surrogate}\u2028\u2029]*$/u,
    problem: 'is not an absolute path on one line',
    remedy: 'write the path in full, from the slash on',
  });
}

/** Text on one line. */
export function oneLine(format: string, what: string, value: string): string {
  return matching({
    format,
    what,
    value,
    pattern: /^[^\p{Cc}\p{Surrogate}\u2028\u2029]*$/u,
    problem: 'is not one line of printable characters',
    remedy: 'remove line breaks and control characters',
  });
}
