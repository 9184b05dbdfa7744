import { TOGETHER } from '../../../lib/predict/together-steps';
import type { DrillResult, PredictedService } from './result';

/** A phase as it was predicted and as it was seen; times in milliseconds since the beginning. */
export interface TimelineRow {
  readonly kind: string;
  readonly text: string;
  /** When it is over, at the soonest and at the latest. */
  readonly lower: number;
  readonly upper: number;
  /** When it was over; absent where no log tells it. */
  readonly measured?: number;
}

/** The timeline of the service that waits longest, beside what the log of heartbeat tells of the same steps. */
export function sideBySide(result: DrillResult): readonly TimelineRow[] {
  const longest = longestOf(result.predicted);
  if (!longest) return [];
  const measured = ends(result, longest);
  let [lower, upper] = [0, 0];
  return longest.phases.map((phase, index) => {
    [lower, upper] = [lower + phase.lower, upper + phase.upper];
    const seen = measured[index];
    return { kind: phase.kind, text: phase.text, lower, upper, ...(seen === undefined ? {} : { measured: seen }) };
  });
}

function longestOf(predicted: readonly PredictedService[]): PredictedService | undefined {
  return predicted
    .filter(({ phases, state }) => phases.length > 0 && state === 'interrupted')
    .reduce<PredictedService | undefined>(
      (longest, one) => (longest === undefined || (one.upper ?? 0) > (longest.upper ?? 0) ? one : longest),
      undefined,
    );
}

/**
 * Scripts run one after the other: each is over when the next one begins. Of the phases of one script that starts members
 * together only the last one's end is known.
 */
function ends(
  { events, predicted, measured, measuredFrom }: DrillResult,
  { phases }: PredictedService,
): readonly (number | undefined)[] {
  const find = (pattern: RegExp): number | undefined => events.find(({ text }) => pattern.test(text))?.at;
  const of = (verb: string): readonly number[] =>
    events.filter(({ text }) => text.startsWith(`${verb} `)).map(({ at }) => at);
  const [starts, stops] = [of('start'), of('stop')];
  // The first stop is that of the watcher, which is in no prediction; with no watcher it is the address itself.
  const watched = events.some(({ text }) => /^stop \S*monitor/.test(text)) ? 1 : 0;
  let [started, stopped] = [0, watched];
  return phases.map(({ kind, text }, index) => {
    const next = phases[index + 1];
    if (text.startsWith(TOGETHER) && next?.kind === kind && next.text.startsWith(TOGETHER)) return undefined;
    switch (kind) {
      case 'detection':
        return find(/ is declared dead$/);
      case 'fencing':
        return find(/ is confirmed$/);
      case 'takeover':
        return starts[0];
      case 'start':
        return starts[(started += 1)];
      case 'stop':
        return stops[(stopped += 1)] ?? starts[0];
      case 'client': {
        // Others, in a hot standby, waited for something else.
        const waiting = predicted.filter(({ state }) => state === 'interrupted').map(({ client }) => client);
        const times = measured
          .filter((one) => waiting.includes(one.client))
          .map((one) => (measuredFrom === 'fault' ? one.sinceFault : one.outage));
        const last = Math.max(...times.map((time) => time ?? 0));
        return last > 0 ? last : undefined;
      }
      default:
        return undefined;
    }
  });
}
