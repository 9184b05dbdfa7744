import { spanText, type StatusFinding } from '../../status/assess/finding';
import { tableLines, type Cell, type Paint } from '../../status/table';
import type { CopyStatus, DirectoryStatus } from './copy-status';
import { dumpLines } from './dumps';

/**
 * The table of a directory. A red server does not run, a red heading is a directory that does not work as it should, and an
 * orange server runs with a configuration that is wrong (F24).
 */
export function directoryLines(
  status: DirectoryStatus,
  findings: readonly StatusFinding[],
  paint: Paint,
): readonly string[] {
  const own = findings.filter(({ path }) => path === status.path);
  const failed = own.some(({ severity }) => severity === 'failed');
  const heading = ['SERVER', 'DECLARED', 'NOW', 'WRITES', 'LAG', 'CONTENT', 'ENTRIES', 'SCHEMA', 'CERTIFICATE'];
  return [
    paint(`DIRECTORY ${status.directory} (${status.suffix})`, failed ? 'bad' : 'plain'),
    ...tableLines(
      [[...heading, 'CONFIGURATION'].map((text) => ({ text })), ...status.copies.map((copy) => row(status, own, copy))],
      paint,
    ),
    ...dumpLines(status.dumps),
  ];
}

function row(status: DirectoryStatus, findings: readonly StatusFinding[], copy: CopyStatus): readonly Cell[] {
  const { server, declared, now, look } = copy;
  if (now === 'unreachable')
    return [
      { text: server, emphasis: 'bad' },
      { text: declared },
      { text: 'not running', emphasis: 'bad' },
      ...Array.from({ length: 7 }, () => ({ text: '-' })),
    ];
  const wrong = findings.some(({ hosts, severity }) => hosts.includes(server) && severity !== 'notice');
  const odd = ['second master', 'returned master', 'closed', 'unknown', 'read-only supplier'].includes(now);
  const days = copy.certificateDays;
  return [
    { text: server, emphasis: wrong ? 'warning' : 'plain' },
    { text: declared },
    { text: now, emphasis: now === 'second master' ? 'bad' : odd ? 'warning' : 'plain' },
    { text: copy.takesWrites ? 'yes' : 'no', emphasis: copy.takesWrites ? 'good' : 'plain' },
    lagCell(copy),
    { text: copy.content, emphasis: copy.content === 'different' ? 'bad' : 'plain' },
    { text: copy.entries === undefined ? '-' : String(copy.entries) },
    { text: copy.schema?.slice(0, 8) ?? '-', emphasis: sameSchema(status, copy) ? 'plain' : 'warning' },
    { text: days === undefined ? '-' : `${days} d`, emphasis: days !== undefined && days < 30 ? 'warning' : 'plain' },
    look.configuration === undefined
      ? { text: 'not compared' }
      : look.configuration.length === 0
        ? { text: 'as rendered' }
        : { text: `${look.configuration.length} differ`, emphasis: 'warning' },
  ];
}

const sameSchema = ({ copies }: DirectoryStatus, { schema }: CopyStatus): boolean =>
  copies.every((other) => other.schema === undefined || schema === undefined || other.schema === schema);

function lagCell({ lag, changesBehind }: CopyStatus): Cell {
  if (lag === undefined) return { text: '-' };
  if (lag.length === 0) return { text: '0 s' };
  const parts = lag.map(({ serverId, seconds, none }) => `${none ? 'all' : secondsText(seconds)} of id ${serverId}`);
  const changes = changesBehind === undefined ? '' : `, ${changesBehind} changes`;
  return { text: `${parts.join(', ')}${changes}`, emphasis: 'warning' };
}

/** Short spans with a tenth, since a copy that works is a fraction of a second behind. */
const secondsText = (seconds: number): string => (seconds < 10 ? `${seconds.toFixed(1)} s` : spanText(seconds));
