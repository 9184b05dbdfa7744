import type { CertificateReport, CertificateState } from '../certificates/assess';
import type { CertificatesReport } from '../certificates/look';
import { type Cell, type Emphasis, type Paint, tableLines } from '../operate/status/table';
import { printable } from './printable';

const STATES: Readonly<Record<CertificateState, { readonly text: string; readonly emphasis: Emphasis }>> = {
  ok: { text: 'ok', emphasis: 'good' },
  'expires-soon': { text: 'expires soon', emphasis: 'warning' },
  exposed: { text: 'others may read its key', emphasis: 'bad' },
  changed: { text: 'plan has changed', emphasis: 'bad' },
  'not-yet-valid': { text: 'not valid yet', emphasis: 'bad' },
  expired: { text: 'expired', emphasis: 'bad' },
  foreign: { text: 'not by this CA', emphasis: 'bad' },
  broken: { text: 'broken', emphasis: 'bad' },
  missing: { text: 'missing', emphasis: 'bad' },
};

/** What to do about what is wrong, by the command that mends it. */
const REMEDIES: Readonly<Partial<Record<'init' | 'renew', readonly CertificateState[]>>> = {
  init: ['missing', 'expired', 'changed', 'exposed'],
  renew: ['expires-soon', 'not-yet-valid', 'foreign', 'broken'],
};

/** Whether there is nothing to do. Where nothing is made, an authority is not needed. */
export function isWell({ authority, servers }: CertificatesReport): boolean {
  return servers.length === 0 || [authority, ...servers].every(({ state }) => state === 'ok');
}

/** The certificates as a table, and what to do. */
export function certificatesTable(report: CertificatesReport, paint: Paint): string {
  const { deployment, authority, servers, own, others } = report;
  const head = ['SERVER', 'SUBJECT', 'ALTERNATIVE NAMES', 'VALID UNTIL', 'DAYS LEFT', 'STATE'];
  const rows: readonly (readonly Cell[])[] = [
    head.map((text) => ({ text })),
    ...(servers.length > 0 ? [row('(authority)', authority)] : []),
    ...servers.map((server) => row(server.server, server)),
    ...own.map(({ server, names }) => [
      ...[server, names.subject].map((text) => ({ text })),
      {
        text: [
          ...names.dnsNames.map((name) => `DNS:${name}`),
          ...names.directoryNames.map((name) => `DN:${name}`),
        ].join(' '),
      },
      ...['', ''].map((text) => ({ text })),
      { text: 'brought by its user, not looked at' },
    ]),
  ];
  const lines = tableLines(
    rows.map((cells) => cells.map((cell) => ({ ...cell, text: printable(cell.text) }))),
    paint,
  );
  const todo = Object.entries(REMEDIES).flatMap(([command, states]) => {
    const names = servers.filter(({ state }) => states.includes(state)).map(({ server }) => server);
    if (names.length === 0) return [];
    return [`tandem certificates ${command} ${deployment}${command === 'renew' ? ` ${names.join(' ')}` : ''}`];
  });
  return [
    ...lines,
    ...(todo.length > 0 ? ['', 'To do:', ...todo.map((line) => `  ${line}`)] : []),
    ...(others.length > 0 ? ['', `Of no server, and left alone: ${printable(others.join(', '))}`] : []),
    '',
  ].join('\n');
}

function row(name: string, report: CertificateReport): readonly Cell[] {
  const { state, problem, subject = '', alternativeNames, validUntil, daysLeft } = report;
  const { text, emphasis } = STATES[state];
  return [
    ...[name, subject, alternativeNames.join(' '), validUntil?.slice(0, 10) ?? '', String(daysLeft ?? '')].map(
      (cell) => ({ text: cell }),
    ),
    { text: problem === undefined ? text : `${text}: ${problem}`, emphasis },
  ];
}
