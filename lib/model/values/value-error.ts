/** A value that its type cannot hold; constructs add their path and the property's name. */
export class ValueError extends Error {
  constructor(
    /** For instance `value/hostname`. */
    readonly rule: string,
    readonly problem: string,
    readonly value: string,
    readonly remedy: string,
  ) {
    super(`${rule}: ${problem} (${value}); ${remedy}`);
    this.name = 'ValueError';
  }
}
