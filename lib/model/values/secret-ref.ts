import { parsePattern } from './text';

/** A secret by its name. The value comes from a Terraform variable of that name and is in no file of a synth. */
export class SecretRef {
  /** @throws ValueError `value/secret-name` */
  static named(name: string): SecretRef {
    return new SecretRef(
      parsePattern(
        name,
        /^[a-z][a-z0-9_]{0,62}$/,
        'value/secret-name',
        "a secret's name must begin with a lower-case letter and go on with lower-case letters, digits and '_'",
      ),
    );
  }

  private constructor(readonly name: string) {}
}
