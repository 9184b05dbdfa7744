import type { DirectoryOutcome, ServerOutcome } from '../../lib/predict/replication/directory-outcome';
import type { Answer, DrillAccount } from './account';
import type { DrillResult } from './directory-drill';

/** What became of the writes and reads at one server between fault and mending. */
export interface ServerCount {
  readonly server: string;
  readonly acknowledged: number;
  readonly refused: number;
  /** Acknowledged, and on no server at the end. */
  readonly lost: number;
  readonly readsAnswered: number;
  readonly readsFailed: number;
  /** From the fault to the last write that was acknowledged before it refused, in ms; only of one that stops. */
  readonly window?: number;
}

/** One line for each server. */
export function countsOf({ predicted, account }: DrillResult): readonly ServerCount[] {
  const [hurt, mend] = [moment(account, 'hurt'), moment(account, 'mend')];
  return predicted.servers
    .filter(({ reads }) => reads !== 'gone')
    .map(({ name, writes }) => {
      const mine = account.answers.filter(({ server, time }) => server === name && time > hurt && time < mend);
      const written = mine.filter(({ kind }) => kind === 'write');
      const taken = written.filter(({ code }) => code === 0);
      const read = mine.filter(({ kind }) => kind === 'read');
      const last = Math.max(hurt, ...taken.map(({ time }) => time));
      return {
        server: name,
        acknowledged: taken.length,
        refused: written.length - taken.length,
        lost: lostOf(account, taken).length,
        readsAnswered: read.filter(({ code }) => code === 0).length,
        readsFailed: read.filter(({ code }) => code !== 0).length,
        ...(writes === 'stops' ? { window: last - hurt } : {}),
      };
    });
}

/** What was not as predicted. Empty where all was. */
export function differences(result: DrillResult): readonly string[] {
  const { predicted, account } = result;
  const counts = countsOf(result);
  return [
    ...account.other,
    ...predicted.servers.flatMap((server) => {
      const count = counts.find((one) => one.server === server.name);
      return count ? ofServer(predicted, server, count) : [];
    }),
    ...predicted.servers.flatMap((server) => changesHeard(result, server)),
    ...lostOf(
      account,
      account.answers.filter(({ kind, code }) => kind === 'write' && code === 0),
    ).map(({ server, uid }) => `${uid}, which ${server} acknowledged, is lost`),
    ...differing(account),
  ];
}

function ofServer(
  { window }: DirectoryOutcome,
  { name, reads, writes }: ServerOutcome,
  count: ServerCount,
): readonly string[] {
  const found: string[] = [];
  if (reads === 'answers' && (count.readsAnswered === 0 || count.readsFailed > 0))
    found.push(`${name}: ${count.readsFailed} reads failed and ${count.readsAnswered} were answered`);
  if (reads === 'stops' && count.readsFailed === 0) found.push(`${name} goes on answering`);
  if (writes === 'takes' && (count.acknowledged === 0 || count.refused > 0))
    found.push(`${name}: ${count.refused} writes were refused and ${count.acknowledged} acknowledged`);
  if ((writes === 'refers' || writes === 'refuses') && count.acknowledged > 0)
    found.push(`${name} acknowledged ${count.acknowledged} writes`);
  if (writes === 'stops' && window && count.window !== undefined)
    if (count.window < window.lower || count.window > window.upper)
      found.push(`${name} took writes for ${count.window} ms and not for ${window.lower} to ${window.upper}`);
  return found;
}

/** Of the changes after the fault a server has those of whom it hears, which the drill has waited for, and no other one. */
function changesHeard({ predicted, account }: DrillResult, { name, reads, hears }: ServerOutcome): readonly string[] {
  if (reads === 'gone') return [];
  const after = moment(account, 'hurt-done') + PACKETS_ON_THE_WAY;
  const held = account.held.get(`${name} meanwhile`) ?? new Set();
  return predicted.servers
    .filter((one) => one.name !== name && !hears.includes(one.name))
    .flatMap((one) => {
      const arrived = account.answers.filter(
        ({ server, kind, code, time, uid }) =>
          server === one.name && kind === 'write' && code === 0 && time > after && held.has(uid),
      );
      return arrived.length === 0
        ? []
        : [`${name} has ${arrived.length} changes of ${one.name} while it can not hear it`];
    });
}

/** Milliseconds in which what was acknowledged around the fault may have been sent before it. */
const PACKETS_ON_THE_WAY = 100;

function lostOf(account: DrillAccount, acknowledged: readonly Answer[]): readonly Answer[] {
  const ends = [...account.held].filter(([key]) => key.endsWith(' end')).map(([, uids]) => uids);
  return acknowledged.filter(({ uid }) => !ends.some((uids) => uids.has(uid)));
}

function differing({ content }: DrillAccount): readonly string[] {
  return new Set(content.values()).size <= 1
    ? []
    : [`copies differ at the end: ${[...content].map(([server, digest]) => `${server} ${digest}`).join(', ')}`];
}

function moment({ events }: DrillAccount, name: string): number {
  const time = events.get(name);
  if (time === undefined) throw new Error(`the drill did not come to '${name}'`);
  return time;
}

/** What a person reads: one line for each server. */
export function countsText(title: string, counts: readonly ServerCount[]): string {
  const lines = counts.map(
    ({ server, acknowledged, refused, lost, readsAnswered, readsFailed, window }) =>
      `  ${server}: ${acknowledged} writes acknowledged, ${refused} refused, ${lost} lost; ${readsAnswered} reads answered, ${readsFailed} failed${window === undefined ? '' : `; took writes for ${window} ms`}\n`,
  );
  return `${title}\n${lines.join('')}`;
}
