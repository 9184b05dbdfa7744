import type { UpdateModeFacts } from '../../topology/replication';
import { FormatError } from '../format-error';
import type { LdifValue } from '../slapd/ldif';
import { attributeName } from '../slapd/words';
import { quotedFilter, quotedName } from './config-words';
import { passwordIdentity } from './identities';
import { logSuffix } from './places';
import type { Feed } from '../../topology/openldap-copies';
import { serverUrl } from './server-url';
import { CLIENT_TLS, TLS } from './tls';

/** Greatest id of a line (slapd-config(5), rid). */
const GREATEST_ID = 999;

/**
 * How a lost provider is noticed and tried again: seconds, and times; `+` is for ever. It stays at two seconds: whoever tried
 * less often after a while would answer with an old copy for as long when the provider is back. While slapd waits for a
 * provider it takes no change of its configuration, and a switch that meets that has clients wait as long.
 */
const RETRY = ['retry="2 +"', 'keepalive=10:3:2'];

/**
 * Seconds for an answer: a second, and over a long line the round trips of a connection with TLS as well. With less it would
 * never come about, with more a switch waits longer than it must.
 */
const answerWithin = ({ roundTripTime }: Feed): number => Math.max(1, Math.ceil((500 + 4 * roundTripTime) / 1000));

/**
 * A value of `olcSyncrepl` (slapd-config(5)).
 * @param id number of the line, different for each line of a server
 */
export function syncreplLine(feed: Feed, id: number): LdifValue {
  if (id > GREATEST_ID) {
    throw new FormatError({
      format: 'slapd.ldif',
      what: `server '${feed.consumer.name}'`,
      problem: `reads from more servers than slapd can count, ${GREATEST_ID}`,
      remedy: 'let it read from fewer',
    });
  }
  const { provider, directory, area, attributes } = feed;
  const begin = [`rid=${String(id).padStart(3, '0')}`, `provider=${serverUrl(provider)}`, CLIENT_TLS];
  const end = [
    `searchbase=${quotedName(area.base)}`,
    'scope=sub',
    ...(area.filter === undefined ? [] : [`filter=${quotedFilter(area.filter)}`]),
    ...(attributes.kind === 'all'
      ? []
      : [
          `${attributes.kind === 'include' ? 'attrs' : 'exattrs'}="${attributes.attributes.map(attributeName).join(',')}"`,
        ]),
    ...mode(feed.updateMode),
    ...(feed.delta
      ? [
          `logbase=${quotedName(logSuffix(directory))}`,
          'logfilter="(&(objectClass=auditWriteObject)(reqResult=0))"',
          'schemachecking=on',
          'syncdata=accesslog',
        ]
      : []),
    ...RETRY,
    `timeout=${answerWithin(feed)}`,
    `network-timeout=${answerWithin(feed)}`,
  ];
  if (feed.authentication === 'strong') {
    const certificate = ['bindmethod=sasl', 'saslmech=external', `tls_cert=${TLS.certificate}`, `tls_key=${TLS.key}`];
    return [...begin, ...certificate, ...end].join(' ');
  }
  if (feed.authentication === 'simple') {
    const password = ['bindmethod=simple', `binddn=${quotedName(passwordIdentity(directory))}`, 'credentials="'];
    return {
      before: [...begin, ...password].join(' '),
      secret: directory.replicationSecret,
      after: ['"', ...end].join(' '),
    };
  }
  throw new FormatError({
    format: 'slapd.ldif',
    what: `what server '${feed.consumer.name}' says to '${provider.name}'`,
    problem: 'is a name alone, which slapd takes for an anonymous client',
    remedy: "use the authentication 'strong'",
  });
}

function mode(updates: UpdateModeFacts): readonly string[] {
  if (updates.when === 'on-change') return ['type=refreshAndPersist'];
  if (updates.when === 'periodic') return ['type=refreshOnly', `interval=${interval(updates.updateInterval)}`];
  throw new FormatError({
    format: 'slapd.ldif',
    what: 'a schedule',
    problem: 'has windows of the day, which slapd does not know',
    remedy: 'use UpdateMode.every()',
  });
}

/** Days, hours, minutes and seconds, one second at least. */
function interval(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  const parts = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  return [...parts, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
