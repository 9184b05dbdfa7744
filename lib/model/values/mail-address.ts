import ipaddr from 'ipaddr.js';
import { parsePattern, quoted } from './text';
import { ValueError } from './value-error';

const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LABEL = '(?!-)[a-z0-9-]{1,63}(?<!-)';
const NAME = '(?![-.])(?:(?!-)[A-Za-z0-9-]{1,63}(?<!-)\\.)*(?!-)[A-Za-z0-9-]{1,63}(?<!-)';
const NEXT_HOP = new RegExp(`^(?:${NAME}|\\[([A-Za-z0-9.:-]+)\\])(?::([0-9]{1,5}))?$`);
const DOMAIN = `(?=.{1,253}$)${LABEL}(?:\\.${LABEL})+`;

/**
 * A mail domain: lower case, two labels at least, those of other scripts in the form `xn--…`, as DNS has them.
 * @throws ValueError `value/mail-domain`
 */
export function parseMailDomain(text: string): string {
  return parsePattern(
    text,
    new RegExp(`^${DOMAIN}$`),
    'value/mail-domain',
    "a mail domain must be lower-case letters, digits and '-' in labels with '.' between, for instance 'example.com'; other scripts as 'xn--…'",
  );
}

/**
 * A mail address: `local-part@domain` with a local part of RFC 5321 (Dot-string) of at most 64 characters and without quotes.
 * @throws ValueError `value/mail-address`
 */
export function parseMailAddress(text: string): string {
  return parsePattern(
    text,
    new RegExp(`^(?=[^@]{1,64}@)${ATOM}(?:\\.${ATOM})*@${DOMAIN}$`),
    'value/mail-address',
    "a mail address must be a local part of RFC 5321 without quotes or spaces, '@' and a lower-case domain",
  );
}

/**
 * A mail address that a table is asked for: it begins a line there, and one that begins with '#' would be a comment (postmap(1)).
 * To one with '%' or '!' Postfix lets no stranger write: they may say a way through other servers (`allow_untrusted_routing`).
 * @throws ValueError `value/mail-address`, `value/table-key`
 */
export function parseTableAddress(text: string): string {
  return parsePattern(
    parseMailAddress(text),
    /^(?!#)[^%!]*$/,
    'value/table-key',
    "an address that Postfix looks up must not begin with '#', a comment in a table, nor hold '%' or '!', by which mail is sent on",
  );
}

/**
 * What the mail of an address is looked up by: an address, or `@domain` for all of a domain that have no entry.
 * @throws ValueError `value/mail-address`, `value/mail-domain`, `value/table-key`
 */
export function parseAliasKey(text: string): string {
  if (!text.startsWith('@')) return parseTableAddress(text);
  parseMailDomain(text.slice(1));
  return text;
}

/**
 * Where mail is sent: a domain whose MX is asked, `[host]` or `[address]`, either with `:port` (postconf(5), relayhost).
 * @throws ValueError `postfix/relay-host`
 */
export function parseNextHop(text: string): string {
  const want = "a relay host must be 'name', '[name]', '[address]' or one of them with ':port'";
  parsePattern(text, NEXT_HOP, 'postfix/relay-host', want);
  const [, inside, port] = NEXT_HOP.exec(text) ?? [];
  if (port !== undefined && !(Number(port) >= 1 && Number(port) <= 65_535))
    throw new ValueError('postfix/relay-host', 'a port is between 1 and 65535', quoted(text), 'correct it');
  if (inside !== undefined && !ipaddr.isValid(inside) && !new RegExp(`^${NAME}$`).test(inside))
    throw new ValueError('postfix/relay-host', want, quoted(text), 'write it that way');
  return text;
}
