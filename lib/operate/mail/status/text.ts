import { spanText } from '../../status/assess/finding';
import { tableLines, type Cell, type Emphasis, type Paint } from '../../status/table';
import type { MailServerStatus } from './server-status';

const PLACES: Readonly<Record<MailServerStatus['now'], (status: MailServerStatus) => Cell>> = {
  home: ({ home }) => cell(home, 'good'),
  peer: ({ servedBy }) => cell(`${servedBy.join()} (peer)`, 'warning'),
  twice: ({ servedBy }) => cell(`TWICE: ${servedBy.join(', ')}`, 'bad'),
  unseen: () => cell('not seen', 'warning'),
  hangs: () => cell('HANGS', 'bad'),
  nowhere: () => cell('NOWHERE', 'bad'),
  unknown: () => cell('unknown', 'warning'),
};

/** The table of mail servers, pair by pair. */
export function mailLines(statuses: readonly MailServerStatus[], paint: Paint): readonly string[] {
  if (statuses.length === 0) return [];
  const heading = ['MAIL SERVER', 'PAIR', 'HOST', 'SERVED BY', 'GREETS', 'ACTIVE', 'INCOMING', 'DEFERRED', 'HOLD'];
  return tableLines([[...heading, 'OLDEST', 'SIZE'].map((text) => cell(text)), ...statuses.map(row)], paint);
}

function row(status: MailServerStatus): readonly Cell[] {
  const { server, pair, home, now, greets, queue } = status;
  const count = (value: number | undefined): Cell => cell(value === undefined ? '-' : String(value));
  return [
    cell(server),
    cell(pair),
    cell(home),
    PLACES[now](status),
    greets === undefined ? cell('-') : greets ? cell('yes') : cell('no', 'warning'),
    count(queue?.counts?.active),
    count(queue?.counts?.incoming),
    count(queue?.counts?.deferred),
    count(queue?.counts?.hold),
    cell(queue?.oldest === undefined ? '-' : spanText(queue.oldest)),
    cell(queue?.size === undefined ? '-' : sizeText(queue.size)),
  ];
}

function cell(text: string, emphasis: Emphasis = 'plain'): Cell {
  return { text, emphasis };
}

function sizeText(bytes: number): string {
  return bytes < 1_048_576 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 1_048_576).toFixed(1)} MiB`;
}
