import { type Paint, coloured, uncoloured } from '../operate/status/table';

/** Colours where standard output is a terminal that shows them. */
export function paint(): Paint {
  const wanted = (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb';
  return process.stdout.isTTY === true && wanted ? coloured : uncoloured;
}
