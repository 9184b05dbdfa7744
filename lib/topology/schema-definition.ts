/** An attribute type as RFC 4512, section 4.1.2, describes it. */
export interface AttributeTypeDefinition {
  readonly kind: 'attributeTypes';
  readonly oid: string;
  readonly names: readonly string[];
  readonly superior?: string;
  /** Matching rules for equality, order and parts. */
  readonly matchingRules: readonly string[];
  /** Object identifier of the syntax, without a length. */
  readonly syntax?: string;
}

/** An object class as RFC 4512, section 4.1.1, describes it. */
export interface ObjectClassDefinition {
  readonly kind: 'objectClasses';
  readonly oid: string;
  readonly names: readonly string[];
  readonly superiors: readonly string[];
  /** Attributes that entries must or may have. */
  readonly attributes: readonly string[];
}

/** Why a line is no definition. */
export interface DefinitionProblem {
  readonly problem: string;
  readonly value: string;
}

/** A line of a schema file. */
export type SchemaDefinition = AttributeTypeDefinition | ObjectClassDefinition;

const OID = /^[0-2](?:\.(?:0|[1-9][0-9]*))+$/;
const NAME = /^[A-Za-z][A-Za-z0-9-]*$/;

/** What follows a keyword. */
type Form = 'flag' | 'text' | 'names' | 'oid' | 'oids' | 'syntax' | 'usage';

const COMMON: Readonly<Record<string, Form>> = { NAME: 'names', DESC: 'text', OBSOLETE: 'flag' };

const KEYWORDS: Readonly<Record<SchemaDefinition['kind'], Readonly<Record<string, Form>>>> = {
  attributeTypes: {
    ...COMMON,
    ...{ SUP: 'oid', EQUALITY: 'oid', ORDERING: 'oid', SUBSTR: 'oid', SYNTAX: 'syntax' },
    ...{ 'SINGLE-VALUE': 'flag', COLLECTIVE: 'flag', 'NO-USER-MODIFICATION': 'flag', USAGE: 'usage' },
  },
  objectClasses: {
    ...COMMON,
    ...{ SUP: 'oids', ABSTRACT: 'flag', STRUCTURAL: 'flag', AUXILIARY: 'flag', MUST: 'oids', MAY: 'oids' },
  },
};

const USAGES = ['userApplications', 'directoryOperation', 'distributedOperation', 'dSAOperation'];

class DefinitionFault extends Error {
  constructor(readonly fault: DefinitionProblem) {
    super(fault.problem);
  }
}

const fail = (problem: string, value: string): never => {
  throw new DefinitionFault({ problem, value });
};

/** Reads a line `attributeTypes: ( … )` or `objectClasses: ( … )`, its keywords in any order, as servers do. */
export function readDefinition(line: string): SchemaDefinition | DefinitionProblem {
  try {
    return definition(line);
  } catch (error) {
    if (error instanceof DefinitionFault) return error.fault;
    throw error;
  }
}

function definition(line: string): SchemaDefinition {
  const [, kind, text = ''] = /^(attributeTypes|objectClasses): (.*)$/u.exec(line) ?? [];
  if (kind !== 'attributeTypes' && kind !== 'objectClasses')
    return fail("a line must begin with 'attributeTypes: ' or 'objectClasses: '", line);
  const tokens = tokensOf(text);
  if (tokens.shift() !== '(' || tokens.pop() !== ')') return fail('a definition must stand in parentheses', text);
  const oid = tokens.shift() ?? '';
  if (!OID.test(oid)) fail('a definition must begin with its object identifier', oid);
  const fields = fieldsOf(kind, tokens);
  const of = (keyword: string): readonly string[] => fields.get(keyword) ?? [];
  if (kind === 'objectClasses') {
    const kinds = ['ABSTRACT', 'STRUCTURAL', 'AUXILIARY'].filter((one) => fields.has(one));
    if (kinds.length > 1) fail('an object class is of one kind', kinds.join(' '));
    return { kind, oid, names: of('NAME'), superiors: of('SUP'), attributes: [...of('MUST'), ...of('MAY')] };
  }
  if (!fields.has('SUP') && !fields.has('SYNTAX')) fail('an attribute type must have SUP or SYNTAX', oid);
  const [superior] = of('SUP');
  const [syntax] = of('SYNTAX');
  return {
    ...{ kind, oid, names: of('NAME') },
    ...(superior === undefined ? {} : { superior }),
    matchingRules: ['EQUALITY', 'ORDERING', 'SUBSTR'].flatMap(of),
    ...(syntax === undefined ? {} : { syntax }),
  };
}

function tokensOf(text: string): string[] {
  const tokens = [...text.matchAll(/\s*(?:([()$])|('[^']*')|([^\s()$']+)|(\S))/gu)];
  const [wrong] = tokens.flatMap(([, , , , other]) => other ?? []);
  if (wrong !== undefined) fail('a quote is not closed', text);
  return tokens.map(([, sign, quoted, word]) => sign ?? quoted ?? word ?? '');
}

function fieldsOf(kind: SchemaDefinition['kind'], tokens: string[]): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, readonly string[]>();
  for (let keyword = tokens.shift(); keyword !== undefined; keyword = tokens.shift()) {
    const form = /^X-[A-Za-z_-]+$/.test(keyword) ? 'extension' : KEYWORDS[kind][keyword];
    if (form === undefined) return fail('this is no keyword of a definition', keyword);
    if (fields.has(keyword)) fail('a keyword stands twice', keyword);
    fields.set(keyword, valuesOf(keyword, form, tokens));
  }
  return fields;
}

function valuesOf(keyword: string, form: Form | 'extension', tokens: string[]): readonly string[] {
  if (form === 'flag') return [];
  const values = listOf(keyword, form, tokens);
  return values.map((value) => {
    const bare = value.replace(/^'(.*)'$/su, '$1');
    const isQuoted = value.startsWith("'");
    if (form === 'text' || form === 'extension')
      return isQuoted ? bare : fail(`${keyword} needs a text in quotes`, value);
    if (form === 'names')
      return isQuoted && NAME.test(bare)
        ? bare
        : fail('a name must be of letters, digits and hyphens, in quotes', value);
    if (form === 'usage') return USAGES.includes(value) ? value : fail(`USAGE must be ${USAGES.join(', ')}`, value);
    if (form === 'syntax') {
      const [, syntax] = /^([0-9.]+)(?:\{[0-9]+\})?$/.exec(value) ?? [];
      return syntax !== undefined && OID.test(syntax) ? syntax : fail('SYNTAX needs an object identifier', value);
    }
    return NAME.test(value) || OID.test(value) ? value : fail(`${keyword} needs a name or an object identifier`, value);
  });
}

/** One value, or several in parentheses: names one after the other, object identifiers with `$` between. */
function listOf(keyword: string, form: Form | 'extension', tokens: string[]): readonly string[] {
  const first = tokens.shift();
  if (first === undefined || first === ')' || first === '$') return fail('a keyword has no value', keyword);
  if (first !== '(') return [first];
  const end = tokens.indexOf(')');
  if (end < 0) return fail('a parenthesis is not closed', keyword);
  const inside = tokens.splice(0, end + 1).slice(0, -1);
  if (form === 'names' || form === 'extension') return inside.length > 0 ? inside : fail('a list is empty', keyword);
  if (form !== 'oids') return fail('a keyword has one value', keyword);
  if (inside.length % 2 === 0 || inside.some((token, index) => (token === '$') !== (index % 2 === 1)))
    return fail("a list must have '$' between its values", `${keyword} ( ${inside.join(' ')} )`);
  return inside.filter((token) => token !== '$');
}
