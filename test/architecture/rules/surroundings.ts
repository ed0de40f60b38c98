import ts from 'typescript';
import { lineOf, type Module, nodesOf } from '../module.ts';
import { type Finding, type Rule, within } from '../rule.ts';

/** Environment, time, chance and the network: each has one door. */

const production = within('src', 'routes', 'providers', 'openapi', 'web');

const findAll = (module: Module, look: (node: ts.Node) => string | null): Finding[] =>
  nodesOf(module.source).flatMap((node) => {
    const what = look(node);
    return what === null ? [] : [{ line: lineOf(module.source, node), what }];
  });

/** `a.b`, `a['b']` and `globalThis.a.b` as `a.b`; null where it is neither. */
const accessText = (node: ts.Node): string | null => {
  const textOf = (owner: ts.Expression, name: string) =>
    `${owner.getText().replaceAll('?', '')}.${name}`.replace(/^(globalThis|global)\./, '');
  if (ts.isPropertyAccessExpression(node)) return textOf(node.expression, node.name.text);
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
    return textOf(node.expression, node.argumentExpression.text);
  }
  return null;
};

/** Names taken out of an object, such as `env` in `const { env } = process`. */
const takenOut = (node: ts.Node, owner: string): readonly string[] =>
  ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && node.initializer?.getText() === owner
    ? node.name.elements.map((element) => (element.propertyName ?? element.name).getText())
    : [];

/** Names imported from a module; `*` for all of it. */
const importedNames = (node: ts.Node, from: RegExp): readonly string[] => {
  if (!ts.isImportDeclaration(node) || !ts.isStringLiteralLike(node.moduleSpecifier)) return [];
  const clause = node.importClause;
  if (!from.test(node.moduleSpecifier.text) || clause === undefined || clause.isTypeOnly) return [];
  const { namedBindings } = clause;
  if (clause.name !== undefined || namedBindings === undefined || ts.isNamespaceImport(namedBindings)) return ['*'];
  return namedBindings.elements.map((element) => (element.propertyName ?? element.name).text);
};

const environment: Rule = {
  name: 'only the configuration reads the environment',
  advice: 'Add a variable to src/config/variables.ts, or a setting to the manifest, and take its value as an argument',
  covers: (path) => production(path) && !path.startsWith('src/config/') && path !== 'src/main.ts',
  modulesMin: 150,
  check: (module) =>
    findAll(module, (node) => {
      const reads =
        accessText(node) === 'process.env' ||
        takenOut(node, 'process').includes('env') ||
        importedNames(node, /^(node:)?process$/).some((name) => name === 'env' || name === '*');
      return reads ? 'reads the environment' : null;
    }),
  wrong: [
    { 'src/app/app.ts': 'const port = process.env.PORT;' },
    { 'providers/acme/auth.ts': "const key = process['env'].ACME_KEY;" },
    { 'routes/health-live.ts': 'const { env } = process;' },
    { 'src/app/app.ts': "import { env } from 'node:process';" },
    { 'src/app/app.ts': 'const key = globalThis.process.env.KEY;' },
  ],
  right: [
    { 'src/main.ts': 'const { PORT } = process.env;' },
    { 'src/config/config.ts': 'export const all = process.env;' },
    { 'src/app/app.ts': "process.stdout.write('process.env is not read here');" },
  ],
};

const clockMembers = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'process.hrtime',
  'AbortSignal.timeout',
  'Temporal.Now',
  'crypto.randomUUID',
  'crypto.getRandomValues',
]);
const timers = new Set(['setTimeout', 'setInterval']);

const isName = (node: ts.Identifier): boolean =>
  (ts.isPropertyAssignment(node.parent) && node.parent.name === node) || ts.isPropertySignature(node.parent);

const clockUse = (node: ts.Node): string | null => {
  const access = accessText(node);
  if (access !== null && (clockMembers.has(access) || /^crypto\.random/.test(access))) return `uses ${access}`;
  if (ts.isIdentifier(node) && timers.has(node.text) && !isName(node)) return `uses ${node.text}`;
  const ofDate =
    (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'Date';
  if (ofDate && (ts.isCallExpression(node) || (node.arguments ?? []).length === 0)) return 'asks what time it is';
  const random = importedNames(node, /^(node:)?crypto$/).find((name) => /^(random|webcrypto)/.test(name));
  if (random !== undefined) return `imports ${random}`;
  const timed = importedNames(node, /^(node:)?(timers(\/promises)?|perf_hooks)$/).find(
    (name) => !/Immediate$/.test(name),
  );
  return timed === undefined ? null : `imports ${timed} of a timer module`;
};

/** The fault `latency` keeps a caller waiting for real, whatever the clock of the gateway says. */
const latencyFault = 'src/vendor/sandbox/server.ts';

/** The client runs in its caller's process and has its own one place for time and chance. */
const clientTiming = 'openapi/client/timing.ts';

const clock: Rule = {
  name: 'time and chance come from the clock',
  advice:
    'Take a Clock and use its now, monotonic, sleep, after, random, id or bytes; only src/domain/clock.ts knows better',
  covers: (path) => production(path) && path !== 'src/domain/clock.ts' && path !== clientTiming,
  modulesMin: 150,
  check: (module) =>
    findAll(module, (node) => {
      const what = clockUse(node);
      return module.path === latencyFault && what === 'uses setTimeout' ? null : what;
    }),
  wrong: [
    { 'src/costs/segments/ages.ts': 'const age = Date.now() - filledAt;' },
    { 'src/costs/segments/ages.ts': 'const read = Date.now;' },
    { 'routes/health-live.ts': 'const at = new Date();' },
    { 'src/vendor/upstream/retry.ts': 'const wait = globalThis.Math.random() * 100;' },
    { 'src/vendor/upstream/retry.ts': 'setTimeout(again, 100);' },
    { 'src/vendor/upstream/retry.ts': 'globalThis.setInterval(again, 100);' },
    { 'src/vendor/upstream/timeout.ts': 'const signal = AbortSignal.timeout(100);' },
    { 'src/vendor/upstream/tokens/mint.ts': "import { randomUUID } from 'node:crypto';" },
    { 'src/vendor/upstream/tokens/mint.ts': 'const id = crypto.randomUUID();' },
    { 'src/vendor/upstream/retry.ts': "import { setTimeout as sleep } from 'node:timers/promises';" },
    { 'src/vendor/sandbox/server.ts': 'const at = Date.now();' },
  ],
  right: [
    { 'src/domain/day.ts': 'const day = new Date(ordinal); const at = Date.UTC(2026, 10, 1) + Date.parse(text);' },
    {
      'src/vendor/upstream/tokens/mint.ts':
        "import { createHash } from 'node:crypto';\nconst wait = clock.random() * clock.now();",
    },
    { 'src/domain/clock.ts': 'export const now = () => Date.now();' },
    { 'src/vendor/sandbox/server.ts': 'await new Promise((resolve) => setTimeout(resolve, 1000));' },
    { 'src/costs/segments/ages.ts': 'clearTimeout(timer);' },
  ],
};

const network: Rule = {
  name: 'nobody but the upstream chain calls out',
  advice: 'Call a vendor through its session: tokens, quotas, pauses and retries live there',
  // A sandbox has no vendor to call, and what tries it out speaks to it directly.
  covers: (path) => within('src', 'routes', 'providers')(path) && !/^src\/vendor\/upstream\/|\/sandbox\//.test(path),
  modulesMin: 120,
  check: (module) =>
    findAll(module, (node) => {
      if (!ts.isCallExpression(node)) return null;
      const callee = node.expression.getText().replace(/^globalThis\./, '');
      return callee === 'fetch' ? 'calls fetch' : null;
    }),
  wrong: [
    { 'providers/acme/costs.ts': "const answer = await fetch('https://api.acme.test/costs');" },
    { 'src/costs/segments/segment-fetch.ts': 'const answer = await globalThis.fetch(url);' },
  ],
  right: [{ 'providers/acme/costs.ts': 'const reply = await session.call(request); cache.fetch(reply);' }],
};

export const surroundingsRules: readonly Rule[] = [environment, clock, network];
