import { FormatError } from '../format-error';

/** An error about something that ha.cf can not hold. */
export const refuse = (what: string, problem: string, remedy: string, value: string): FormatError =>
  new FormatError({ format: 'ha.cf', what, problem, remedy, value });
