import { faultless, withAgreement, withMoreAgreements } from '../directory-fixtures';
import { accepts, finds, findsAll, type RuleCase } from '../rule-case';

const SHADOW = 'people/shadow/from h';
const READER = 'phones/readers/from x';

/** Rules of fields that X.525 knows and the engines do not. */
export const agreementFieldCases: readonly RuleCase[] = [
  accepts('replication/knowledge', 'no agreement asks for any', faultless),
  findsAll(
    'replication/knowledge',
    'agreements of both engines ask for knowledge',
    withAgreement(
      READER,
      { knowledge: { kind: 'both', extended: true } },
      withAgreement(SHADOW, { knowledge: { kind: 'master', extended: false } }),
    ),
    { path: `directories/${SHADOW}`, text: /s runs openldap, which gets referral entries .* \(master\)/ },
    { path: `directories/${READER}`, text: /w runs ds389, .* \(both, extended\)/ },
  ),
  accepts('replication/context-selection', 'all values are replicated', faultless),
  finds(
    'replication/context-selection',
    'a consumer is to get values of one context',
    withAgreement(SHADOW, { contextSelection: ['2.5.31.0'] }),
    `directories/${SHADOW}`,
    /gets all values of an attribute \(2\.5\.31\.0\); leave out whole attributes/,
  ),
  accepts('replication/secondary-shadows', 'what feeds a hub allows them, what feeds a consumer does not', faultless),
  finds(
    'replication/secondary-shadows',
    'a further agreement that feeds a hub does not',
    withMoreAgreements(SHADOW, { id: 'more', supplier: { kind: 'server', server: 'b' }, consumer: 'h' }),
    'directories/more',
    /feeds a hub \(h\); set secondaryShadows/,
  ),
];
