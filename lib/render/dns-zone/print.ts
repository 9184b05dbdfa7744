import { FormatError } from '../format-error';
import { headerComment } from '../header';
import { isAddress } from '../ip-address';
import { matching } from '../pattern';
import type { ResourceRecord, ZoneFile } from './build';

/** How long secondaries wait, in number: refresh, retry, expire (RFC 1912, section 2.2). */
const SECONDARIES = [3600, 900, 1_209_600];

const LABEL = '[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?';
const NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})*\\.?$`);

/** The text of a zone file (RFC 1035, section 5). */
export function print(zone: ZoneFile): string {
  const origin = name(zone.origin);
  const contact = name(zone.contact.replace('@', '.'));
  const times = [zone.serial, ...SECONDARIES, zone.timeToLive].map(number).join(' ');
  return [
    `${headerComment(zone.source, ';')}$ORIGIN ${origin}.`,
    `$TTL ${number(zone.timeToLive)}`,
    `@ IN SOA ${name(zone.primary)} ${contact}. ( ${times} )`,
    ...zone.records.map(line),
    '',
  ].join('\n');
}

function line({ name: owner, type, data, preference }: ResourceRecord): string {
  const value = type === 'NS' || type === 'MX' ? name(data) : address(data);
  const before = preference === undefined ? '' : `${number(preference)} `;
  return `${owner === '@' ? owner : name(owner)} IN ${type} ${before}${value}`;
}

function name(value: string): string {
  return matching({
    format: 'dns-zone',
    what: 'a name',
    value,
    pattern: NAME,
    problem: "is not of labels of letters, digits, '_' and '-'",
    remedy: 'give it another name',
  });
}

function address(value: string): string {
  if (isAddress(value)) return value;
  throw new FormatError({
    format: 'dns-zone',
    what: 'an address',
    problem: 'is no IP address',
    remedy: 'write it in numbers',
    value,
  });
}

function number(value: number): string {
  if (Number.isSafeInteger(value) && value > 0 && value < 2 ** 31) return String(value);
  throw new FormatError({
    format: 'dns-zone',
    what: 'a number',
    problem: 'is none of 31 bits',
    remedy: 'correct it',
    value: String(value),
  });
}
