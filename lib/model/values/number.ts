import { ValueError } from './value-error';

// Terraform's number tokens are huge negative numbers; the largest is about -8.1e298.
const TOKEN_LIMIT = -1e288;

/**
 * A whole number within bounds.
 * @throws ValueError `value/token` for a Terraform number token, `value/number` otherwise
 */
export function parseWholeNumber(value: number, minimum: number, maximum: number): number {
  if (value < TOKEN_LIMIT) {
    throw new ValueError(
      'value/token',
      'a number that Terraform knows only at apply stands where a fixed one is needed',
      String(value),
      'give the number itself',
    );
  }
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    throw new ValueError(
      'value/number',
      'number is out of range',
      String(value),
      `give a whole number from ${minimum} to ${maximum}`,
    );
  }
  return value;
}

/**
 * A number within bounds, with parts of one.
 * @throws ValueError `value/number`
 */
export function parseNumber(value: number, least: number, most: number): number {
  if (!(value >= least && value <= most))
    throw new ValueError(
      'value/number',
      'number is out of range',
      String(value),
      `give a number from ${least} to ${most}`,
    );
  return value;
}

/** A TCP or UDP port, 1 to 65535. */
export function parsePort(value: number): number {
  return parseWholeNumber(value, 1, 65535);
}
