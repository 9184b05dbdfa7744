import fc from 'fast-check';
import { type Filter, filterText } from '../../../lib/render/balancer/filter';
import { searchRequest } from '../../../lib/render/balancer/ldap-message';

/** A value of the basic encoding rules, as another program reads it. */
interface Value {
  readonly tag: number;
  readonly content: Buffer;
}

function valuesOf(bytes: Buffer): readonly Value[] {
  const values: Value[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes.readUInt8(at);
    const first = bytes.readUInt8(at + 1);
    const more = first < 0x80 ? 0 : first & 0x7f;
    const length = more === 0 ? first : bytes.readUIntBE(at + 2, more);
    const from = at + 2 + more;
    values.push({ tag, content: bytes.subarray(from, from + length) });
    at = from + length;
  }
  expect(at).toBe(bytes.length);
  return values;
}

function filterOf({ tag, content }: Value): Filter {
  switch (tag) {
    case 0xa0:
      return { kind: 'and', filters: valuesOf(content).map(filterOf) };
    case 0xa2:
      return { kind: 'not', filter: filterOf(valuesOf(content)[0]!) };
    case 0xa3: {
      const [attribute, value] = valuesOf(content).map((one) => one.content.toString());
      return { kind: 'equal', attribute: attribute!, value: value! };
    }
    default:
      expect(tag).toBe(0x87);
      return { kind: 'present', attribute: content.toString() };
  }
}

const text = fc.string({ unit: 'binary', maxLength: 300 }).map((value) => Buffer.from(value).toString());
const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    fc.record({ kind: fc.constant('equal' as const), attribute: fc.constant('olcSuffix'), value: text }),
    fc.record({ kind: fc.constant('present' as const), attribute: fc.constant('olcRestrict') }),
    fc.record({ kind: fc.constant('not' as const), filter: tie('filter') }),
    fc.record({ kind: fc.constant('and' as const), filters: fc.array(tie('filter'), { minLength: 1, maxLength: 4 }) }),
  ),
}));

test('a search request is read as it was written, whatever name and filter hold', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 127 }), text, filter, (id, base, wanted) => {
      const [message, ...none] = valuesOf(searchRequest(id, base, wanted));
      expect([message?.tag, none]).toEqual([0x30, []]);
      const [number, request] = valuesOf(message!.content);
      expect([number?.tag, [...number!.content], request?.tag]).toEqual([0x02, [id], 0x63]);
      const [name, scope, aliases, size, time, types, condition, attributes] = valuesOf(request!.content);
      expect(name?.content.toString()).toBe(base);
      expect([scope, aliases, size, time, types].map((one) => [one?.tag, ...one!.content])).toEqual([
        [0x0a, 0],
        [0x0a, 0],
        [0x02, 0],
        [0x02, 0],
        [0x01, 0],
      ]);
      expect(filterOf(condition!)).toEqual(wanted);
      expect(valuesOf(attributes!.content).map((one) => one.content.toString())).toEqual(['1.1']);
    }),
  );
});

test('a filter as text keeps its meaning, whatever a value holds', () => {
  const equal = (value: string): string => filterText({ kind: 'equal', attribute: 'olcSuffix', value });
  expect(equal('o=a(b)*\\,c\0,dc=é')).toBe('(olcSuffix=o=a\\28b\\29\\2a\\5c,c\\00,dc=é)');
});
