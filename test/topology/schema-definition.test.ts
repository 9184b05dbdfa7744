import { readDefinition } from '../../lib/topology/schema-definition';

test('an attribute type is read with its keywords in any order', () => {
  expect(
    readDefinition(
      "attributeTypes: ( 1.2.3 NAME ( 'a' 'b-c' ) DESC 'it''s' SYNTAX 1.3.6{64} EQUALITY integerMatch SUP name SINGLE-VALUE USAGE dSAOperation X-ORIGIN ( 'x' 'y' ) )".replace(
        "it''s",
        'its \\27',
      ),
    ),
  ).toEqual({
    ...{ kind: 'attributeTypes', oid: '1.2.3', names: ['a', 'b-c'] },
    ...{ superior: 'name', matchingRules: ['integerMatch'], syntax: '1.3.6' },
  });
});

test('an object class is read with superiors and attributes', () => {
  expect(
    readDefinition("objectClasses: (1.2.3 NAME 'a' SUP (top$person) STRUCTURAL MUST cn MAY (sn $ 2.5.4.5))"),
  ).toEqual({
    ...{
      kind: 'objectClasses',
      oid: '1.2.3',
      names: ['a'],
      superiors: ['top', 'person'],
      attributes: ['cn', 'sn', '2.5.4.5'],
    },
  });
});

test.each([
  ['attributetypes: ( 1.2.3 SUP name )', "must begin with 'attributeTypes: '", 'attributetypes: ( 1.2.3 SUP name )'],
  ['attributeTypes: 1.2.3 SUP name', 'in parentheses', '1.2.3 SUP name'],
  ["attributeTypes: ( name NAME 'a' SUP name )", 'its object identifier', 'name'],
  ['attributeTypes: ( 1.02.3 SUP name )', 'its object identifier', '1.02.3'],
  ["attributeTypes: ( 1.2.3 NAME 'a b' SUP name )", 'letters, digits and hyphens', "'a b'"],
  ['attributeTypes: ( 1.2.3 NAME a SUP name )', 'in quotes', 'a'],
  ["attributeTypes: ( 1.2.3 NAME 'a SUP name )", 'a quote is not closed', "( 1.2.3 NAME 'a SUP name )"],
  ['attributeTypes: ( 1.2.3 NAME ( ) SUP name )', 'a list is empty', 'NAME'],
  ["attributeTypes: ( 1.2.3 NAME 'a' )", 'SUP or SYNTAX', '1.2.3'],
  ['attributeTypes: ( 1.2.3 SUP name MUST cn )', 'no keyword', 'MUST'],
  ['attributeTypes: ( 1.2.3 SUP name SUP name )', 'stands twice', 'SUP'],
  ['attributeTypes: ( 1.2.3 SUP ( name $ cn ) )', 'has one value', 'SUP'],
  ["attributeTypes: ( 1.2.3 SYNTAX 'text' )", 'SYNTAX needs an object identifier', "'text'"],
  ['attributeTypes: ( 1.2.3 SYNTAX 1.2{x} )', 'SYNTAX needs an object identifier', '1.2{x}'],
  ['attributeTypes: ( 1.2.3 SUP name USAGE some )', 'USAGE must be userApplications', 'some'],
  ['attributeTypes: ( 1.2.3 SUP )', 'has no value', 'SUP'],
  ['objectClasses: ( 1.2.3 MUST ( cn sn ) )', "'$' between", 'MUST ( cn sn )'],
  ['objectClasses: ( 1.2.3 MUST ( cn $ ) )', "'$' between", 'MUST ( cn $ )'],
  ['objectClasses: ( 1.2.3 MUST ( cn )', 'not closed', 'MUST'],
  ['objectClasses: ( 1.2.3 ABSTRACT AUXILIARY )', 'of one kind', 'ABSTRACT AUXILIARY'],
  ['objectClasses: ( 1.2.3 DESC text )', 'a text in quotes', 'text'],
  ['objectClasses: ( 1.2.3 SUP a_b )', 'a name or an object identifier', 'a_b'],
])('fails for %s', (line, problem, value) => {
  expect(readDefinition(line)).toEqual({ problem: expect.stringContaining(problem) as string, value });
});
