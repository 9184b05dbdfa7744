import type { ConstructPath } from '../topology/units';

/** What `FormatError` says. */
export interface FormatErrorProps {
  /** The file format, for instance `drbd.conf`. */
  readonly format: string;
  /** What the format can not hold, for instance `the value of option 'disk'`. */
  readonly what: string;
  /** Why, for instance `holds a line break`. */
  readonly problem: string;
  /** What to do. */
  readonly remedy: string;
  /**
   * The refused value.
   * @default - not shown, as for secrets
   */
  readonly value?: string;
}

/**
 * A value that a file format has no way to express. Printers throw it instead of writing a line that means something
 * else.
 */
export class FormatError extends Error {
  override readonly name = 'FormatError';

  constructor(
    readonly props: FormatErrorProps,
    /** Construct the file is rendered from, where it is known. */
    readonly path?: ConstructPath,
  ) {
    const where = path === undefined ? '' : `[${path}] `;
    const value = props.value === undefined ? '' : ` (${JSON.stringify(props.value)})`;
    super(`${where}format/${props.format}: ${props.what} ${props.problem}${value}; ${props.remedy}`);
  }

  /** Runs a printer and names the construct in the error it may throw. */
  static naming<T>(path: ConstructPath, print: () => T): T {
    try {
      return print();
    } catch (error) {
      if (error instanceof FormatError && error.path === undefined) throw new FormatError(error.props, path);
      throw error;
    }
  }
}
