import type { Filter } from './filter';

/** Bytes of a value in the basic encoding rules of ASN.1 (X.690): tag, length, content. */
function encoded(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const bytes = length < 0x80 ? [length] : [0x84, length >>> 24, length >>> 16, length >>> 8, length];
  return Buffer.concat([Buffer.from([tag, ...bytes.map((byte) => byte & 0xff)]), content]);
}

const TAG = { boolean: 0x01, integer: 0x02, octetString: 0x04, enumerated: 0x0a, sequence: 0x30 } as const;
const SEARCH_REQUEST = 0x63;
const SEARCH_RESULT_ENTRY = 0x64;
const SEARCH_RESULT_DONE = 0x65;

/** Ids of messages are written in one byte. */
export const MOST_MESSAGES = 127;

const small = (tag: number, value: number): Buffer => encoded(tag, Buffer.from([value]));
const text = (value: string, tag: number = TAG.octetString): Buffer => encoded(tag, Buffer.from(value, 'utf8'));

/** The request for an entry by its name, if a filter finds it, without its attributes (RFC 4511, section 4.5.1). */
export function searchRequest(messageId: number, base: string, filter: Filter): Buffer {
  const request = Buffer.concat([
    text(base),
    small(TAG.enumerated, 0), // the entry itself
    small(TAG.enumerated, 0), // aliases are not followed
    small(TAG.integer, 0), // no limits
    small(TAG.integer, 0),
    small(TAG.boolean, 0),
    filterBytes(filter),
    encoded(TAG.sequence, text('1.1')),
  ]);
  return encoded(TAG.sequence, Buffer.concat([small(TAG.integer, messageId), encoded(SEARCH_REQUEST, request)]));
}

function filterBytes(filter: Filter): Buffer {
  switch (filter.kind) {
    case 'and':
      return encoded(0xa0, Buffer.concat(filter.filters.map(filterBytes)));
    case 'not':
      return encoded(0xa2, filterBytes(filter.filter));
    case 'equal':
      return encoded(0xa3, Buffer.concat([text(filter.attribute), text(filter.value)]));
    case 'present':
      return text(filter.attribute, 0x87);
  }
}

/** How every answer to a search begins that says it has ended, behind its length. */
export const searchDone = (messageId: number): Buffer => Buffer.from([TAG.integer, 1, messageId, SEARCH_RESULT_DONE]);

/** How every answer to a search begins that brings an entry, behind its length. */
export const searchEntry = (messageId: number): Buffer => Buffer.from([TAG.integer, 1, messageId, SEARCH_RESULT_ENTRY]);
