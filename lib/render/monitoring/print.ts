import { FormatError } from '../format-error';
import { headerComment } from '../header';
import { oneLine, plainName } from '../pattern';
import { unitName } from '../systemd/print';
import type { WatchedGroup } from './build';

const FORMAT = 'tandem-monitor';

/** Time that a restarted service has to answer before it counts as failed again, in seconds. */
const SETTLE = 30;

/**
 * The text of `/etc/tandem/monitor/<group>.conf`: a keyword per line, the rest of the line is its value. A service begins
 * with `service` and ends with `probe`.
 */
export function print(tree: WatchedGroup): string {
  const { interval, timeout, restartsBeforeSwitch } = tree.monitoring;
  const lines = [
    ...(tree.peer === '' ? [] : [`peer ${plainName(FORMAT, 'the name of the other node', tree.peer)}`]),
    `standby ${tree.standby}`,
    `interval ${Math.max(1, Math.ceil(interval / 1000))}`,
    `timeout ${timeout / 1000}`,
    `restarts ${restartsBeforeSwitch}`,
    `settle ${SETTLE}`,
    ...tree.resources.map(({ name, question }) => `${question} ${plainName(FORMAT, 'a DRBD resource', name)}`),
    ...tree.services.flatMap((service) => [
      `service ${plainName(FORMAT, 'the name of a service', service.name)}`,
      `unit ${unitName(service.unit)}`,
      ...service.processes.map((unit) => `process ${unitName(unit)}`),
      `probe ${probe(service.probe)}`,
    ]),
  ];
  return headerComment(tree.source) + lines.map((line) => `${line}\n`).join('');
}

/** Blanks around the command do not reach the shell, so a command of blanks alone would be none. */
function probe(command: string): string {
  const text = oneLine(FORMAT, 'a probe', command);
  if (text.trim() !== '') return text;
  throw new FormatError({
    format: FORMAT,
    what: 'a probe',
    problem: 'is empty',
    remedy: 'give a command, or leave the probe out to have the unit asked',
    value: command,
  });
}
