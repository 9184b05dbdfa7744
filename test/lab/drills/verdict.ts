import type { Check, MeasuredClient, MeasuredFrom, PredictedService } from './result';

/** Milliseconds that a client may wait for one answer where the prediction says that nothing interrupts it. */
export const UNNOTICED = 3_000;

/** Whether what a client saw is what was predicted for its service. */
export function judge(
  predicted: PredictedService,
  measured: MeasuredClient,
  from: MeasuredFrom,
  writer: boolean,
): Check {
  const what = `${predicted.client}: ${predicted.state}${intervalText(predicted)}`;
  const time = from === 'fault' ? measured.sinceFault : measured.outage;
  const check = (held: boolean, detail: string): Check => ({ what, held, detail, timed: true });
  const longest =
    measured.outage === undefined ? undefined : `longest time without an answer ${seconds(measured.outage)}`;
  if (!measured.ended && measured.failed > 0) return check(predicted.state === 'down', 'no answer to the end');
  if (longest === undefined) return check(false, 'nothing was measured');
  switch (predicted.state) {
    case 'down':
      return check(false, longest);
    case 'interrupted': {
      const { lower = 0, upper = 0, sooner = 0 } = predicted;
      // A measurement that begins with the last answer begins with the outage itself.
      const least = from === 'fault' ? lower - sooner : lower;
      return check(time !== undefined && least <= time && time <= upper, `interrupted for ${seconds(time ?? 0)}`);
    }
    case 'degraded':
    case 'works': {
      const concerned = predicted.upper !== undefined && (writer || predicted.writersOnly !== true);
      const most = Math.max(UNNOTICED, concerned ? (predicted.upper ?? 0) : 0);
      return check((measured.outage ?? 0) <= most, longest);
    }
  }
}

/** An interval in whole seconds, with what a measurement from the fault may be shorter by. */
export function intervalText({ lower, upper, sooner }: PredictedService): string {
  if (lower === undefined || upper === undefined) return '';
  const least = Math.max(0, lower - (sooner ?? 0));
  return ` ${(least / 1000).toFixed(1)}-${(upper / 1000).toFixed(1)} s`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
