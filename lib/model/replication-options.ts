import type {
  AttributeSelectionFacts,
  KnowledgeFacts,
  ReplicaAuthentication,
  ReplicationAgreementFacts,
  ReplicationAreaFacts,
} from '../topology/replication';
import { byCodeUnits } from '../topology/order';
import { parseAttributeType } from './values/attribute-type';
import { parseDistinguishedName } from './values/distinguished-name';
import { parseChoice } from './values/kind';
import { UpdateMode } from './values/update-mode';
import { parsePattern } from './values/text';
import { parseFilter } from './values/filter';
import { ValueError } from './values/value-error';

/** What part of a directory a consumer gets: `AreaSpecification` of X.525. */
export interface ReplicationArea {
  /** Distinguished name below which it lies. @default - the suffix */
  readonly base?: string;
  /** Subtrees that are left out, as names relative to the base. @default - none */
  readonly exclusions?: readonly string[];
  /** Filter of RFC 4515 that entries must match. @default - none */
  readonly filter?: string;
}

/** References to other servers: `Knowledge` of X.525. */
export interface Knowledge {
  readonly kind: 'master' | 'shadow' | 'both';
  /** Whether references below the area come too. @default false, as X.525 has it */
  readonly extended?: boolean;
}

/** What may be said of one agreement; the fields are those of X.525. */
export interface ReplicationOptions {
  /** @default - the whole directory */
  readonly area?: ReplicationArea;
  /** Only these attributes. @default - all */
  readonly includedAttributes?: readonly string[];
  /** All attributes but these: fractional replication (R21). @default - none */
  readonly excludedAttributes?: readonly string[];
  /** References to other servers that an X.500 server is to get: `Knowledge` of X.525. @default - none */
  readonly knowledge?: Knowledge;
  /** Object identifiers of contexts whose values alone an X.500 server is to get: `contextSelection`. @default - all values */
  readonly contextSelection?: readonly string[];
  /** @default UpdateMode.onChange() */
  readonly updateMode?: UpdateMode;
  /** `strong` is by certificate (F20). @default 'strong' */
  readonly authentication?: ReplicaAuthentication;
  /** ISO 8601 in UTC. @default - from now on */
  readonly validFrom?: string;
  /** ISO 8601 in UTC. @default - until it is ended */
  readonly validUntil?: string;
}

/** The part of an agreement's facts that options say. */
export type OptionFacts = Pick<
  ReplicationAgreementFacts,
  | 'area'
  | 'attributes'
  | 'knowledge'
  | 'contextSelection'
  | 'updateMode'
  | 'authentication'
  | 'validFrom'
  | 'validUntil'
>;

/**
 * Parses what is said of an agreement.
 * @throws ValueError `value/distinguished-name`, `value/attribute-type`, `value/attribute-selection`, `value/choice`,
 * `value/object-identifier`, `value/time`
 */
export function parseOptions(options: ReplicationOptions, suffix: string): OptionFacts {
  const { validFrom, validUntil, knowledge, contextSelection } = options;
  const from = validFrom === undefined ? undefined : parseTime(validFrom);
  const until = validUntil === undefined ? undefined : parseTime(validUntil);
  if (from !== undefined && until !== undefined && from >= until)
    throw new ValueError(
      'value/time',
      'an agreement ends before it begins',
      `${from} to ${until}`,
      'correct one of them',
    );
  return {
    area: areaFacts(options.area ?? {}, suffix),
    attributes: selectionFacts(options),
    ...(knowledge ? { knowledge: knowledgeFacts(knowledge) } : {}),
    ...(contextSelection ? { contextSelection: contextFacts(contextSelection) } : {}),
    updateMode: (options.updateMode ?? UpdateMode.onChange()).facts,
    authentication: options.authentication ?? 'strong',
    ...(from === undefined ? {} : { validFrom: from }),
    ...(until === undefined ? {} : { validUntil: until }),
  };
}

function areaFacts(
  { base = suffixOf, exclusions = [], filter }: ReplicationArea,
  suffix: string,
): ReplicationAreaFacts {
  return {
    base: base === suffixOf ? suffix : parseDistinguishedName(base),
    exclusions: exclusions.map(parseDistinguishedName).sort(byCodeUnits),
    ...(filter === undefined ? {} : { filter: parseFilter(filter) }),
  };
}

const suffixOf = '';

function selectionFacts({ includedAttributes, excludedAttributes }: ReplicationOptions): AttributeSelectionFacts {
  if (includedAttributes && excludedAttributes)
    throw new ValueError(
      'value/attribute-selection',
      'attributes are included and excluded at once',
      [...includedAttributes, ...excludedAttributes].join(', '),
      'give one of the lists',
    );
  const [kind, listed] = includedAttributes
    ? (['include', includedAttributes] as const)
    : (['exclude', excludedAttributes ?? []] as const);
  if (listed.length === 0 && kind === 'exclude') return { kind: 'all' };
  if (listed.length === 0)
    throw new ValueError('value/attribute-selection', 'no attribute is included', '[]', 'name at least one');
  return { kind, attributes: [...new Set(listed.map(parseAttributeType))].sort(byCodeUnits) };
}

const knowledgeFacts = ({ kind, extended = false }: Knowledge): KnowledgeFacts => ({
  kind: parseChoice(kind, ['master', 'shadow', 'both']),
  extended,
});

function contextFacts(contexts: readonly string[]): readonly string[] {
  if (contexts.length === 0)
    throw new ValueError('value/object-identifier', 'no context is named', '[]', 'name at least one');
  const parsed = contexts.map((text) =>
    parsePattern(
      text,
      /^[0-2](?:\.(?:0|[1-9][0-9]*))+$/,
      'value/object-identifier',
      'a context must be an object identifier: numbers with dots between',
    ),
  );
  return [...new Set(parsed)].sort(byCodeUnits);
}

function parseTime(text: string): string {
  parsePattern(
    text,
    /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/,
    'value/time',
    "a time must be written as '2027-01-31T18:00:00Z'",
  );
  if (Number.isNaN(Date.parse(text))) throw new ValueError('value/time', 'there is no such time', text, 'correct it');
  return text;
}
