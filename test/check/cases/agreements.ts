import {
  faultless,
  withAgreement,
  withMoreAgreements,
  withReplica,
  withServer,
  withoutAgreements,
} from '../directory-fixtures';
import { accepts, finds, findsAll, type RuleCase } from '../rule-case';

const SHADOW = 'people/shadow/from h';
const WINDOW = { weekdays: [0], from: 0, to: 60 };
const server = (name: string) => ({ kind: 'server', server: name }) as const;

/** Rules of replication agreements. */
export const agreementCases: readonly RuleCase[] = [
  accepts('replication/one-engine', 'each directory has one engine', faultless),
  finds(
    'replication/one-engine',
    'a hub of OpenLDAP feeds 389 Directory Server',
    withServer('s', { engine: 'ds389', version: '2.3' }),
    `directories/${SHADOW}`,
    /h runs openldap and can not feed s \(ds389\)/,
  ),
  accepts('replication/fractional', 'a consumer lacks attributes', faultless),
  finds(
    'replication/fractional',
    'a hub lacks attributes (R22)',
    withAgreement('people/hub/from people/group', { attributes: { kind: 'exclude', attributes: ['audio'] } }),
    'directories/people/hub/from people/group',
    /h is a hub and gets a part of the attributes \(exclude audio\)/,
  ),
  accepts('replication/agreement-ends', 'hubs and groups feed others', faultless),
  findsAll(
    'replication/agreement-ends',
    'servers can not feed or hold nothing',
    withMoreAgreements(
      SHADOW,
      { id: 'one', supplier: server('s'), consumer: 'b' },
      { id: 'two', supplier: server('x'), consumer: 's' },
      { id: 'three', supplier: server('h'), consumer: 'w' },
      { id: 'four', supplier: server('h'), consumer: 'h' },
    ),
    { path: 'directories/one', text: /a consumer feeds another server \(s\); make it a hub/ },
    { path: 'directories/two', text: /the supplier does not hold directory people \(x\)/ },
    { path: 'directories/three', text: /the consumer does not hold directory people \(w\)/ },
    { path: 'directories/four', text: /a server feeds itself \(h\)/ },
  ),
  accepts('replication/unique-agreement', 'each consumer is fed once by a supplier', faultless),
  finds(
    'replication/unique-agreement',
    'a consumer is fed twice',
    withMoreAgreements(SHADOW, { id: 'again' }),
    'directories/again',
    /s gets the directory from this supplier already \(directories\/people\/shadow\/from h\)/,
  ),
  accepts('replication/cycle', 'suppliers of a group feed each other', faultless),
  finds(
    'replication/cycle',
    'a hub feeds the master of its group',
    withMoreAgreements(SHADOW, { id: 'back', consumer: 'a' }),
    'directories/people',
    /in a circle \((?:a to h to a|h to a to h)\)/,
  ),
  accepts('replication/fed', 'all are reached', faultless),
  finds(
    'replication/fed',
    'nothing leads to a hub',
    withoutAgreements(
      /^people\/hub/,
      withoutAgreements(/^people\/shadow/, withReplica('people/shadow/s', { server: 'b' })),
    ),
    'directories/people/hub/h',
    /made on a do not reach h \(a\)/,
  ),
  accepts('replication/reachable', 'a link connects the sites', faultless),
  accepts('replication/reachable', 'no link is described', { ...faultless, siteLinks: [] }),
  findsAll(
    'replication/reachable',
    'the link leads elsewhere',
    {
      ...faultless,
      sites: [...faultless.sites, { id: 'far', path: 'directories/far' }],
      siteLinks: faultless.siteLinks.map((link) => ({ ...link, sites: ['far', 'hq'] })),
    },
    ...[
      ...['people/group/to b', 'people/group/to c', 'people/hub/from people/group', 'phones/readers/from z'],
      ...['x to z', 'y to z', 'z to x', 'z to y'].map((name) => `phones/suppliers/${name}`),
    ].map((id) => ({ path: `directories/${id}`, text: /no link leads from site to site \((?:hq to dr|dr to hq)\)/ })),
  ),
  accepts('replication/overlap', 'several suppliers send the same', faultless),
  finds(
    'replication/overlap',
    'one supplier leaves out what another one sends',
    withAgreement('phones/readers/from y', { attributes: { kind: 'exclude', attributes: ['audio'] } }),
    'directories/phones/readers/from y',
    /w gets another part of the same entries by directories\/phones\/readers\/from x/,
  ),
  accepts('replication/initiator', 'suppliers send', faultless),
  finds(
    'replication/initiator',
    'a consumer of 389 Directory Server is to ask',
    withAgreement('phones/readers/from x', {
      updateMode: {
        initiator: 'consumer',
        when: 'windows',
        windows: [WINDOW],
      },
    }),
    'directories/phones/readers/from x',
    /w is to ask for updates, .* \(consumer\)/,
  ),
  accepts(
    'replication/schedule',
    '389 Directory Server has windows',
    withAgreement('phones/readers/from x', {
      updateMode: { initiator: 'supplier', when: 'windows', windows: [WINDOW] },
    }),
  ),
  finds(
    'replication/schedule',
    'OpenLDAP is to have windows',
    withAgreement(SHADOW, {
      updateMode: { initiator: 'supplier', when: 'windows', windows: [WINDOW] },
    }),
    `directories/${SHADOW}`,
    /no windows of the day \(windows\); use UpdateMode\.every\(\)/,
  ),
  finds(
    'replication/schedule',
    '389 Directory Server is to have an interval',
    withAgreement('phones/readers/from x', {
      updateMode: { initiator: 'supplier', when: 'periodic', windowSize: 1, updateInterval: 2, otherTimes: false },
    }),
    'directories/phones/readers/from x',
    /no interval of updates \(periodic\)/,
  ),
  accepts('replication/ds389-window', '389 Directory Server sends on change', faultless),
  accepts(
    'replication/ds389-window',
    'OpenLDAP is to have windows, which is a finding of its own',
    withAgreement(SHADOW, { updateMode: { initiator: 'supplier', when: 'windows', windows: [WINDOW] } }),
  ),
  finds(
    'replication/ds389-window',
    '389 Directory Server is to wait for a window',
    withAgreement('phones/readers/from x', {
      updateMode: { initiator: 'supplier', when: 'windows', windows: [WINDOW] },
    }),
    'directories/phones/readers/from x',
    /x was not seen to send updates when a window opens \(ds389 2\.3\); use UpdateMode\.onChange\(\)/,
  ),
  accepts('replication/validity', 'agreements hold until they are removed', faultless),
  finds(
    'replication/validity',
    'one ends by itself',
    withAgreement(SHADOW, { validUntil: '2027-01-01T00:00:00Z' }),
    `directories/${SHADOW}`,
    /\(now to 2027-01-01T00:00:00Z\); .* remove it together with its copy, which would stay and age/,
  ),
  accepts(
    'replication/selection',
    'OpenLDAP lists what is replicated',
    withAgreement(SHADOW, { attributes: { kind: 'include', attributes: ['cn', 'sn'] } }),
  ),
  finds(
    'replication/selection',
    '389 Directory Server lists what is replicated',
    withAgreement('phones/readers/from x', { attributes: { kind: 'include', attributes: ['cn', 'sn'] } }),
    'directories/phones/readers/from x',
    /w runs ds389, .* \(cn, sn\)/,
  ),
  accepts('replication/area', 'whole directories are replicated', faultless),
  accepts(
    'replication/area',
    'OpenLDAP replicates a subtree',
    withAgreement(SHADOW, { area: { base: 'ou=hq,dc=example,dc=com', exclusions: [], filter: '(uid=*)' } }),
  ),
  findsAll(
    'replication/area',
    'areas lie elsewhere, have holes, or are parts (R1)',
    withAgreement(
      'phones/readers/from x',
      { area: { base: 'ou=hq,dc=example,dc=net', exclusions: [] } },
      withAgreement(
        'people/group/to b',
        { area: { base: 'dc=example,dc=com', exclusions: ['ou=x'] } },
        withAgreement(SHADOW, { area: { base: 'dc=example,dc=org', exclusions: [] } }),
      ),
    ),
    { path: 'directories/people/group/to b', text: /leaves out no subtree \(ou=x\)/ },
    { path: `directories/${SHADOW}`, text: /not below the suffix dc=example,dc=com \(dc=example,dc=org\)/ },
    { path: 'directories/phones/readers/from x', text: /replicates whole directories \(ou=hq,dc=example,dc=net\)/ },
  ),
  accepts('replication/secondary-area', 'a hub passes on less than it gets', faultless),
  finds(
    'replication/secondary-area',
    'a hub is to pass on attributes that it does not get',
    withAgreement('people/hub/from people/group', { attributes: { kind: 'exclude', attributes: ['cn'] } }),
    `directories/${SHADOW}`,
    /h is to pass on what it does not get \(dc=example,dc=com, exclude audio, jpegPhoto\)/,
  ),
];
