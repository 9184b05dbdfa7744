import type { DrillEvent } from './result';

/** Lines of /var/log/ha-log that are told in a timeline, with what they are called there. */
const TOLD: readonly (readonly [RegExp, (match: RegExpMatchArray) => string])[] = [
  [/WARN: node (\S+): is dead/, ([, node]) => `${node ?? ''} is declared dead`],
  [/info: Resetting node (\S+) with/, ([, node]) => `reset of ${node ?? ''} begins`],
  [/info: [Nn]ode (\S+) (?:now )?reset/, ([, node]) => `reset of ${node ?? ''} is confirmed`],
  [/ERROR: .*STONITH.*(\S+)/, () => 'a reset failed'],
  [
    /info: Running \/etc\/(?:ha\.d\/+resource\.d|init\.d)\/(.+?)\s+(start|stop)$/,
    ([, what, verb]) => `${verb ?? ''} ${what ?? ''}`,
  ],
  [/CRIT: Giving up resources/, () => 'gives up the resources'],
  [/mach_down takeover complete/, () => 'the takeover is complete'],
];

/**
 * What heartbeat wrote of a takeover or a handover, in milliseconds since a moment. Its lines have whole seconds; a
 * node's clock and that of the machine are the same in a lab.
 */
export function heartbeatEvents(log: string, since: number): readonly DrillEvent[] {
  return log.split('\n').flatMap((line) => {
    const at = timeOf(line, since);
    if (at === undefined || at < since - 1_000) return [];
    for (const [pattern, tell] of TOLD) {
      const match = pattern.exec(line.trimEnd());
      if (match) return [{ at: at - since, text: tell(match) }];
    }
    return [];
  });
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026/11/22_19:26:39` of scripts, `Nov 22 19:28:20` of the daemon, whose year is that of the drill. */
function timeOf(line: string, since: number): number | undefined {
  const full = /^(\d{4})\/(\d\d)\/(\d\d)_(\d\d):(\d\d):(\d\d)/.exec(line);
  if (full) {
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = full.slice(1).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute, second);
  }
  const short = /^([A-Z][a-z]{2}) +(\d+) (\d\d):(\d\d):(\d\d)/.exec(line);
  const month = MONTHS.indexOf(short?.[1] ?? '');
  if (!short || month < 0) return undefined;
  const [day = 1, hour = 0, minute = 0, second = 0] = short.slice(2).map(Number);
  return Date.UTC(new Date(since).getUTCFullYear(), month, day, hour, minute, second);
}
