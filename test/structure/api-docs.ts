import { posix } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from './sources';

/**
 * What the public API lacks in documentation, one line for each place: a comment on every class, interface, function,
 * type and constant that an entry exports, on every public method of an exported class and on every property of `...Props`
 * and `...Options`, and `@default` on those that are optional.
 */
export function undocumented(entry: SourceFile, read: (path: string) => SourceFile | undefined): readonly string[] {
  return exportsOf(entry).flatMap(({ file, names }) => {
    const found = [`${file}.ts`, `${file}.d.ts`].map(read).find((candidate) => candidate !== undefined);
    if (!found) return [`${entry.path} exports from '${file}', which does not exist`];
    const tree = parse(found);
    return names.flatMap((name) => {
      const declaration = tree.statements.find((statement) => declares(statement, name));
      if (!declaration) return [`${found.path} does not declare '${name}'`];
      return problems(declaration, name).map((problem) => `${found.path}: ${problem}`);
    });
  });
}

function exportsOf(entry: SourceFile): readonly { readonly file: string; readonly names: readonly string[] }[] {
  return parse(entry).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier || !statement.exportClause) return [];
    if (!ts.isNamedExports(statement.exportClause) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const names = statement.exportClause.elements.map((element) => (element.propertyName ?? element.name).text);
    return [{ file: posix.join(posix.dirname(entry.path), statement.moduleSpecifier.text), names }];
  });
}

function parse(file: SourceFile): ts.SourceFile {
  return ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
}

function declares(statement: ts.Statement, name: string): boolean {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.some((declared) => declared.name.getText() === name);
  }
  const named = statement as ts.Statement & { readonly name?: ts.Node };
  return named.name !== undefined && ts.isIdentifier(named.name) && named.name.text === name;
}

function problems(declaration: ts.Statement, name: string): readonly string[] {
  const own = hasComment(declaration) ? [] : [`'${name}' has no doc comment`];
  if (ts.isInterfaceDeclaration(declaration) && /(Props|Options)$/.test(name)) {
    return [...own, ...declaration.members.flatMap((member) => memberProblems(member, name))];
  }
  if (ts.isClassDeclaration(declaration)) {
    const methods = declaration.members.filter((member) => ts.isMethodDeclaration(member) && isPublic(member));
    return [...own, ...methods.flatMap((member) => memberProblems(member, name))];
  }
  return own;
}

function memberProblems(member: ts.TypeElement | ts.ClassElement, owner: string): readonly string[] {
  const name = `${owner}.${member.name?.getText() ?? '(call)'}`;
  const wantsDefault = ts.isPropertySignature(member) && member.questionToken !== undefined;
  return [
    ...(hasComment(member) ? [] : [`'${name}' has no doc comment`]),
    ...(wantsDefault && !hasTag(member, 'default') ? [`'${name}' has no @default`] : []),
  ];
}

function isPublic(member: ts.ClassElement): boolean {
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
  const hidden = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword, ts.SyntaxKind.OverrideKeyword];
  return !modifiers.some((modifier) => hidden.includes(modifier.kind)) && !hasTag(member, 'internal');
}

function hasComment(node: ts.Node): boolean {
  return ts.getJSDocCommentsAndTags(node).some((doc) => ts.isJSDoc(doc));
}

function hasTag(node: ts.Node, tag: string): boolean {
  return ts.getJSDocTags(node).some((found) => found.tagName.text === tag);
}
