import type { Topology } from '../../topology/topology';
import type { EntityId, Milliseconds } from '../../topology/units';
import { between } from '../interval';
import type { Effect } from '../outcome';
import { phase, timelineOf } from '../timeline';
import { directoryOutcome, type ServerOutcome } from './directory-outcome';
import { defaultReturnTimes, returnTimeline, type ReturnTimes } from './server-return';

/** What clients notice. */
export type Noticed = Pick<Effect, 'state' | 'cause' | 'timeline'>;

/** What clients of a directory notice of a server that loses power and gets it back. */
export interface PowerCutOutcome {
  /** Those that read, by the server that they ask; in the topology's order. */
  readonly reads: readonly (Noticed & Pick<ServerOutcome, 'server' | 'name'>)[];
  /** Those that write, to whoever takes it. */
  readonly writes: Noticed;
}

/**
 * What a power cut of one server of a directory does: a pure function. Nobody becomes master by himself (F16): without
 * another server that takes writes they wait until this one is back.
 * @param without for how long the server has no power
 */
export function powerCutOutcome(
  topology: Topology,
  directory: EntityId,
  server: EntityId,
  without: Milliseconds,
  times: ReturnTimes = defaultReturnTimes,
): PowerCutOutcome {
  const { servers } = directoryOutcome(topology, directory, { kind: 'servers-lost', servers: [server] });
  const back = returnTimeline(topology, server, times);
  const away = (cause: string): Noticed => ({
    state: 'interrupted',
    cause,
    ...(back ? { timeline: timelineOf([phase('wait', 'no power', between(without, without)), ...back.phases]) } : {}),
  });
  return {
    reads: servers.map(({ server: id, name, reads }) => ({
      server: id,
      name,
      ...{
        answers: { state: 'works', cause: 'other servers answer with what they hold' } as const,
        gone: away('the server has no power'),
        stops: away('a minority answers nobody until the server is back'),
      }[reads],
    })),
    writes: servers.some(({ writes }) => writes === 'takes')
      ? { state: 'works', cause: 'another server takes writes' }
      : away('nobody else takes writes, and a person decides about another master'),
  };
}
