import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';

/** Where an import leads: into this repository, to Node itself, or to a package. */
export type Target =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'package'; readonly name: string }
  /** `import(expression)`: nobody can tell where to. */
  | { readonly kind: 'unreadable' };

export interface Import {
  readonly target: Target;
  /** Gone before the code runs. */
  readonly typeOnly: boolean;
  readonly line: number;
}

/** One file as the rules see it. What is no TypeScript has an empty syntax tree. */
export interface Module {
  /** From the top of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly source: ts.SourceFile;
  readonly imports: readonly Import[];
}

export type ImportGraph = ReadonlyMap<string, Module>;

const builtins = new Set(builtinModules);

const targetOf = (from: string, specifier: string): Target => {
  if (specifier.startsWith('.')) return { kind: 'file', path: posix.join(posix.dirname(from), specifier) };
  if (specifier.startsWith('node:')) return { kind: 'builtin', name: specifier };
  if (builtins.has(specifier)) return { kind: 'builtin', name: `node:${specifier}` };
  const depth = specifier.startsWith('@') ? 2 : 1;
  return { kind: 'package', name: specifier.split('/').slice(0, depth).join('/') };
};

export const lineOf = (source: ts.SourceFile, node: ts.Node): number =>
  source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;

/** Every rule walks the same trees. */
const walked = new WeakMap<ts.Node, readonly ts.Node[]>();

/** Every node below this one, itself included, in the order of the text. */
export const nodesOf = (node: ts.Node): readonly ts.Node[] => {
  const known = walked.get(node);
  if (known !== undefined) return known;
  const nodes: ts.Node[] = [];
  const visit = (each: ts.Node): void => {
    nodes.push(each);
    ts.forEachChild(each, visit);
  };
  visit(node);
  walked.set(node, nodes);
  return nodes;
};

const specifierOf = (node: ts.Node): { specifier: ts.Node; typeOnly: boolean } | null => {
  if (ts.isImportDeclaration(node)) {
    return { specifier: node.moduleSpecifier, typeOnly: node.importClause?.isTypeOnly ?? false };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    return { specifier: node.moduleSpecifier, typeOnly: node.isTypeOnly };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return { specifier: node.argument.literal, typeOnly: true };
  }
  const [argument] = ts.isCallExpression(node) ? node.arguments : [];
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && argument !== undefined) {
    return { specifier: argument, typeOnly: false };
  }
  return null;
};

const importsOf = (path: string, source: ts.SourceFile): Import[] =>
  nodesOf(source).flatMap((node) => {
    const found = specifierOf(node);
    if (found === null) return [];
    const { specifier, typeOnly } = found;
    const target: Target = ts.isStringLiteralLike(specifier) ? targetOf(path, specifier.text) : { kind: 'unreadable' };
    return [{ target, typeOnly, line: lineOf(source, node) }];
  });

export const parseModule = (path: string, text: string): Module => {
  const code = path.endsWith('.ts') ? text : '';
  const source = ts.createSourceFile(path, code, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
  return { path, text, source, imports: importsOf(path, source) };
};

export const graphOf = (files: Readonly<Record<string, string>>): ImportGraph =>
  new Map(Object.entries(files).map(([path, text]) => [path, parseModule(path, text)]));
