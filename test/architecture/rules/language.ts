import ts from 'typescript';
import { lineOf, nodesOf } from '../module.ts';
import { allCode, type Rule } from '../rule.ts';

/** TypeScript without its trapdoors. */

const forbid =
  (look: (node: ts.Node) => string | null): Rule['check'] =>
  ({ source }) =>
    nodesOf(source).flatMap((node) => {
      const what = look(node);
      return what === null ? [] : [{ line: lineOf(source, node), what }];
    });

const noAny: Rule = {
  name: 'nothing is any',
  advice: 'Say unknown and narrow it, or parse it with a schema',
  covers: allCode,
  modulesMin: 200,
  check: forbid((node) => (node.kind === ts.SyntaxKind.AnyKeyword ? 'says any' : null)),
  wrong: [
    { 'src/app/app.ts': 'const body: any = 1;' },
    { 'test/routes/costs.test.ts': 'const bodies: Record<string, any[]> = {};' },
  ],
  right: [{ 'src/app/app.ts': "const any = 'any';\nconst body: unknown = any; // any" }],
};

const isConst = (type: ts.TypeNode): boolean => ts.isTypeReferenceNode(type) && type.getText() === 'const';

const noAssertion: Rule = {
  name: 'no type is asserted',
  advice: 'Let a schema, a type guard or satisfies prove it; only "as const" may stand',
  covers: allCode,
  modulesMin: 200,
  check: forbid((node) => {
    if (ts.isAsExpression(node) && !isConst(node.type)) return `says as ${node.type.getText()}`;
    return ts.isTypeAssertionExpression(node) ? `says <${node.type.getText()}>` : null;
  }),
  wrong: [
    { 'src/app/app.ts': 'const config = JSON.parse(text) as Config;' },
    { 'src/app/app.ts': 'const config = text as unknown;' },
    { 'src/app/app.ts': 'const config = <Config>JSON.parse(text);' },
  ],
  right: [
    {
      'src/app/app.ts':
        "import { systemClock as clock } from './clock.ts';\nconst kinds = ['a', 'b'] as const;\nconst table = {} satisfies Table;",
    },
  ],
};

const noNonNull: Rule = {
  name: 'no null is wished away',
  advice: 'Handle the absent value, or throw an error that names what is missing',
  covers: allCode,
  modulesMin: 200,
  check: forbid((node) => {
    if (ts.isNonNullExpression(node)) return `says ${node.getText()}`;
    const definite = ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node);
    return definite && node.exclamationToken !== undefined ? `says ${node.name.getText()}!` : null;
  }),
  wrong: [
    { 'src/app/app.ts': 'const first = list[0]!;' },
    { 'src/app/app.ts': 'const id = map.get(key)!.id;' },
    { 'src/app/app.ts': 'class Pool { size!: number; }' },
  ],
  right: [{ 'src/app/app.ts': 'const first = !list[0]; const differs = left !== right;' }],
};

const suppression = /@ts-(ignore|expect-error|nocheck)\b/;

const noSuppression: Rule = {
  name: 'the compiler is not told to look away',
  advice: 'Repair what it complains about',
  covers: (path) => allCode(path) && !path.startsWith('test/architecture/'),
  modulesMin: 200,
  check: ({ text }) =>
    text
      .split('\n')
      .flatMap((line, index) => (suppression.test(line) ? [{ line: index + 1, what: 'silences the compiler' }] : [])),
  wrong: [{ 'src/app/app.ts': '// @ts-expect-error later\nconst port: number = text;' }],
  right: [{ 'src/app/app.ts': '// the compiler sees this\nconst port = Number(text);' }],
};

export const languageRules: readonly Rule[] = [noAny, noAssertion, noNonNull, noSuppression];
