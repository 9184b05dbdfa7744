import { posix } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from './sources';

/** One import of a source file. */
export interface Import {
  /** File that imports, relative to the repository. */
  readonly from: string;
  /** As written. */
  readonly specifier: string;
  /** File of the repository it leads to; absent for packages. */
  readonly target?: string;
  /** Gone after compilation. */
  readonly typeOnly: boolean;
}

/** All imports of the files: declarations, re-exports, dynamic imports, `require` and import types. */
export function importsOf(files: readonly SourceFile[]): readonly Import[] {
  const paths = new Set(files.map((file) => file.path));
  return files.flatMap((file) => {
    const found: Import[] = [];
    const add = (specifier: string, typeOnly: boolean): void => {
      const target = specifier.startsWith('.') ? resolve(paths, file.path, specifier) : undefined;
      found.push({ from: file.path, specifier, ...(target === undefined ? {} : { target }), typeOnly });
    };
    visit(ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest), add);
    return found;
  });
}

function visit(node: ts.Node, add: (specifier: string, typeOnly: boolean) => void): void {
  if (ts.isImportDeclaration(node)) {
    const bindings = node.importClause?.namedBindings;
    const onlyTypes =
      bindings !== undefined &&
      ts.isNamedImports(bindings) &&
      node.importClause?.name === undefined &&
      bindings.elements.every((element) => element.isTypeOnly);
    add(text(node.moduleSpecifier), node.importClause?.isTypeOnly === true || onlyTypes);
  } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    const clause = node.exportClause;
    const onlyTypes = clause !== undefined && ts.isNamedExports(clause) && clause.elements.every((e) => e.isTypeOnly);
    add(text(node.moduleSpecifier), node.isTypeOnly || onlyTypes);
  } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    add(text(node.moduleReference.expression), node.isTypeOnly);
  } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    add(text(node.argument.literal), true);
  } else if (ts.isCallExpression(node) && isLoader(node.expression) && node.arguments[0]) {
    add(text(node.arguments[0]), false);
  }
  ts.forEachChild(node, (child) => visit(child, add));
}

function isLoader(callee: ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
}

function text(node: ts.Node): string {
  return ts.isStringLiteralLike(node) ? node.text : '(not a literal)';
}

function resolve(paths: ReadonlySet<string>, from: string, specifier: string): string {
  const path = posix.join(posix.dirname(from), specifier);
  return [`${path}.ts`, `${path}.d.ts`, `${path}/index.ts`, path].find((candidate) => paths.has(candidate)) ?? path;
}
