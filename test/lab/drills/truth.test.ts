import type { DrillResult } from './result';
import { sideBySide } from './side-by-side';
import { table, truthDocument } from './truth';

const phase = (kind: 'detection' | 'fencing' | 'takeover' | 'start' | 'client', text: string) => ({
  kind,
  text,
  lower: 1000,
  upper: 2000,
});

const result: DrillResult = {
  drill: 'power-cut',
  title: 'The active node loses power',
  deployment: 'pair',
  date: '2026-11-22T19:39:26.000Z',
  switches: [41_250, 38_000],
  active: 'ox1',
  measuredFrom: 'fault',
  predicted: [
    {
      client: 'slapd',
      state: 'interrupted',
      cause: '',
      lower: 5000,
      upper: 10_000,
      sooner: 1000,
      phases: [
        phase('detection', 'silent'),
        phase('fencing', 'reset'),
        phase('takeover', 'takes'),
        phase('start', 'ldap'),
        phase('start', 'slapd'),
        phase('client', 'again'),
      ],
    },
  ],
  measured: [{ client: 'slapd', outage: 7200, sinceFault: 7000, failed: 9, ended: true }],
  ledgers: { slapd: { acknowledged: 20, unanswered: 9, present: 20, missing: [], duplicates: [], unexpected: [] } },
  events: [
    { at: 1500, text: 'ox1 is declared dead' },
    { at: 2500, text: 'reset of ox1 is confirmed' },
    { at: 3500, text: 'start drbddisk ldap' },
    { at: 4500, text: 'start slapd' },
    { at: 5500, text: 'start tandem-monitor groupware' },
  ],
  checks: [{ what: 'slapd: interrupted 4.0-10.0 s', held: true, detail: 'interrupted for 7.0 s' }],
  passed: true,
  seconds: 90,
};

test('a timeline is told beside what the log says', () => {
  expect(sideBySide(result).map(({ text, lower, upper, measured }) => [text, lower, upper, measured])).toEqual([
    ['silent', 1000, 2000, 1500],
    ['reset', 2000, 4000, 2500],
    ['takes', 3000, 6000, 3500],
    ['ldap', 4000, 8000, 4500],
    ['slapd', 5000, 10_000, 5500],
    ['again', 6000, 12_000, 7000],
  ]);
});

test('a client that was not interrupted tells nothing of the timeline', () => {
  const other = { client: 'postfix', outage: 500, sinceFault: 53_000, failed: 0, ended: true };
  expect(sideBySide({ ...result, measured: [...result.measured, other] }).at(-1)?.measured).toBe(7000);
});

test('of what starts together only the end is known, and what follows keeps its place', () => {
  const [told] = result.predicted;
  const phases = [
    phase('takeover', 'takes'),
    phase('start', 'together: ldap become primary'),
    phase('start', 'together: mount /srv'),
    phase('start', 'together: slapd'),
    phase('start', 'address'),
    phase('client', 'again'),
  ];
  const events = [
    { at: 3500, text: 'start tandem-group groupware' },
    { at: 5000, text: 'start IPaddr2 192.168.1.160/24/eth0' },
    { at: 5500, text: 'start tandem-monitor groupware' },
  ];
  const rows = sideBySide({ ...result, events, predicted: [{ ...told!, phases }] });
  expect(rows.map(({ measured }) => measured)).toEqual([3500, undefined, undefined, 5000, 5500, 7000]);
});

test('the document tells the last run of each drill and how many passed', () => {
  const failed = { ...result, passed: false, checks: [{ what: 'nobody was fenced', held: false, detail: 'ox1' }] };
  const text = truthDocument([result, failed], ['idle', 'power-cut']);
  expect(text).toContain(
    '| power-cut | The active node loses power | pair       | 2026-11-22 | 1 of 2 | **differs**  |',
  );
  expect(text).toContain('- nobody was fenced: ox1');
  expect(text).toContain('- 1.5 s: ox1 is declared dead');
  expect(text).not.toContain('start tandem-monitor');
  expect(text.match(/^## /gm)).toHaveLength(1);
});

test('the same results give the same document, in the order of the list', () => {
  const other = { ...result, drill: 'idle' };
  const text = truthDocument([result, other], ['idle', 'power-cut']);
  expect(text).toBe(truthDocument([other, result], ['idle', 'power-cut']));
  expect(text.indexOf('## idle')).toBeLessThan(text.indexOf('## power-cut'));
  expect(text).toContain('| slapd   | interrupted 4.0-10.0 s | 7.0 s    | as predicted |');
});

test('a drill of directory servers tells which returns its prediction came from', () => {
  const directory = { ...result, switches: [] };
  expect(truthDocument([directory], [])).toContain('predicted with the default step times;');
  const text = truthDocument([{ ...directory, returns: [30_500, 28_000] }], []);
  expect(text).toContain('predicted with returns of 30.5 s and 28.0 s from power on;');
});

test('a table has columns of one width', () => {
  expect(table(['a', 'bcde'], [['long', 'b']])).toBe('| a    | bcde |\n| ---- | ---- |\n| long | b    |\n');
});

test('drills of one name are told for each deployment', () => {
  const text = truthDocument([{ ...result, deployment: 'second' }, result], []);
  expect([...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual([
    'power-cut of pair',
    'power-cut of second',
  ]);
  expect(text.match(/\| 1 of 1 /g)).toHaveLength(2);
});
