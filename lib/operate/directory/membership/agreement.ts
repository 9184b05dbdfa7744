import { differenceText } from '../status/findings';
import type { CopyStatus, DirectoryStatus } from '../status/copy-status';

/** What an operation on the members of a group finds at a look. */
export interface Judgement {
  /** What a person has to change first. */
  readonly refused: readonly string[];
  /** What comes about by itself; empty: it is done. */
  readonly missing: readonly string[];
}

/** Differences that are named of one server. */
const SHOWN = 3;

/**
 * Where servers do not have the configuration of the topology, or nobody could look. Only then does a membership in the
 * stack say what the servers do.
 * @param except a server that may still be on its way
 */
export function disagreements({ copies }: DirectoryStatus, except?: string): readonly string[] {
  return copies
    .filter(({ server }) => server !== except)
    .flatMap(({ server, now, look }) => {
      if (now === 'unreachable') return [`${server} does not answer: ${look.unreached}`];
      return configurationText({ server, look });
    });
}

/** Why the configuration of a server is not that of the topology. */
export function configurationText({ server, look }: Pick<CopyStatus, 'server' | 'look'>): readonly string[] {
  const { unknownTo, configuration } = look;
  if (unknownTo !== undefined) return [`${server} shows its configuration to its administrator alone: ${unknownTo}`];
  if (configuration === undefined) return [`the rendered configuration of ${server} is not here; run the synth`];
  if (configuration.length === 0) return [];
  const differences = configuration.slice(0, SHOWN).map(differenceText).join(', ');
  const more = configuration.length > SHOWN ? ` and ${configuration.length - SHOWN} more` : '';
  return [`${server} does not have the configuration of the stack (${differences}${more}); apply it`];
}

/** What keeps a group from having one master. */
export function mastersText({ writers }: DirectoryStatus): readonly string[] {
  if (writers.length === 1) return [];
  return [writers.length === 0 ? 'no member takes writes' : `${writers.join(' and ')} take writes`];
}
