import { arrival } from '../../../lib/operate/directory/membership/add-mirror';
import { departure } from '../../../lib/operate/directory/membership/retire';
import type { CopyStatus, DirectoryStatus } from '../../../lib/operate/directory/status/copy-status';

const members = ['one', 'two', 'three'];
const servers = members.map((name, index) => ({ name, serverId: index + 1 }));
const csn = (second: number, id = 1): string => `202611272050${second}.000000Z#000000#00${id}#000000`;

type Change = (server: string) => Partial<CopyStatus>;

/** A group whose master is `one`, and a consumer `four`. */
function group(change: Change = () => ({}), writers: readonly string[] = ['one']): DirectoryStatus {
  const copies = [...members, 'four'].map((server): CopyStatus => {
    const copy: CopyStatus = {
      server,
      declared: server === 'one' ? 'master' : server === 'four' ? 'consumer' : 'mirror',
      now: server === 'one' ? 'master' : server === 'four' ? 'consumer' : 'mirror',
      takesWrites: server === 'one',
      names: ['one'],
      follows: server === 'four' ? ['one'] : members.filter((name) => name !== server),
      lag: [],
      content: server === 'one' ? 'reference' : 'equal',
      look: { directory: 'd', server, name: server, configuration: [], context: [csn(10)] },
    };
    return { ...copy, ...change(server) };
  });
  return { directory: 'people', path: 'd', suffix: 'dc=example', writers, copies, dumps: [] };
}

const only =
  (name: string, change: Partial<CopyStatus>): Change =>
  (server) =>
    server === name ? change : {};

const look = (server: string, more: Partial<CopyStatus['look']>): CopyStatus['look'] => ({
  ...{ directory: 'd', server, name: server, configuration: [], context: [csn(10)] },
  ...more,
});

test('a mirror that holds everything, and that all know, has arrived (F28)', () => {
  expect(arrival(group(), 'two', members)).toEqual({ refused: [], missing: [] });
});

test.each<[string, Change, readonly string[] | undefined, RegExp]>([
  ['is not there', only('two', { now: 'unreachable' }), undefined, /^two does not answer$/],
  ['is closed', only('two', { now: 'closed' }), undefined, /^two is closed/],
  [
    'lags',
    only('two', { lag: [{ serverId: 1, seconds: 3, none: false }] }),
    undefined,
    /lacks changes of server ids 1/,
  ],
  ['holds other data', only('two', { content: 'different' }), undefined, /^the content of two is different$/],
  ['is being written to', only('two', { content: 'busy' }), undefined, /being changed/],
  ['knows another master', only('two', { names: ['three'] }), undefined, /does not know one as master/],
  ['has no master', () => ({}), [], /^no member takes writes$/],
])('a new mirror is waited for that %s', (_case, change, writers, expected) => {
  const { refused, missing } = arrival(group(change, writers), 'two', members);
  expect(refused).toEqual([]);
  expect(missing.join('\n')).toMatch(expected);
});

test.each<[string, Change, RegExp]>([
  ['another server is away', only('three', { now: 'unreachable' }), /^three does not answer/],
  [
    'another server has another configuration',
    only('three', { look: look('three', { configuration: [{ dn: 'cn=config', is: 'missing' }] }) }),
    /^three does not have the configuration of the stack \(cn=config is missing\); apply it$/,
  ],
  ['nothing was compared', only('one', { look: look('one', { configuration: undefined }) }), /run the synth/],
  [
    'there is no password',
    only('one', { look: look('one', { unknownTo: 'no value' }) }),
    /administrator alone: no value/,
  ],
  ['a member does not read from it', only('one', { follows: ['three'] }), /^one does not read from two; apply/],
  ['it was master before', only('two', { now: 'returned master' }), /tandem rejoin/],
])('a new mirror is refused when %s', (_case, change, expected) => {
  const { refused } = arrival(group(change), 'two', members);
  expect(refused).toHaveLength(1);
  expect(refused[0]).toMatch(expected);
});

test('a mirror that nobody follows and whose changes the master has may go', () => {
  expect(departure(group(), 'two', servers, 'SWITCH')).toEqual({ refused: [], missing: [] });
});

test.each<[string, string, Change, readonly string[]]>([
  ['two', 'a consumer reads from it', only('four', { follows: ['two'] }), ['four reads from two: SWITCH']],
  [
    'two',
    'somebody takes it for the master',
    only('three', { names: ['two'] }),
    ['three takes two for the master: SWITCH'],
  ],
  [
    'two',
    'it is a master that returned',
    only('two', { now: 'returned master' }),
    ['two may hold what nobody else got: tandem rejoin'],
  ],
  ['two', 'it is away', only('two', { now: 'unreachable' }), ['two does not answer: undefined']],
])('%s may not go when %s', (server, _case, change, expected) => {
  expect(departure(group(change), server, servers, 'SWITCH').refused).toEqual(expected);
});

test("a number of the master's own id that only others took over keeps nobody from going", () => {
  const numbered = (name: string, ...context: readonly string[]): CopyStatus['look'] => look(name, { context });
  const change: Change = (server) => ({
    look: server === 'one' ? numbered('one', csn(10, 2)) : numbered(server, csn(10, 2), csn(4, 1)),
  });
  expect(departure(group(change), 'two', servers, 'SWITCH')).toEqual({ refused: [], missing: [] });
});

test('the master may not go', () => {
  expect(departure(group(), 'one', servers, 'SWITCH').refused[0]).toBe('one takes writes: SWITCH');
});

test.each<[string, Change, readonly string[]]>([
  [
    'it has a change that the master lacks',
    only('two', { look: look('two', { context: [csn(11)] }) }),
    ['two has changes that one lacks'],
  ],
  ['its content is another', only('two', { content: 'different' }), ['the content of two is different']],
  ['it shows nothing', only('two', { look: look('two', { context: undefined }) }), ['two does not show what it holds']],
])('one that retires is waited for while %s', (_case, change, expected) => {
  expect(departure(group(change), 'two', servers, 'SWITCH')).toEqual({ refused: [], missing: expected });
});
