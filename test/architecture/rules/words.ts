import ts from 'typescript';
import { providers } from '../../../providers/index.ts';
import { lineOf, nodesOf } from '../module.ts';
import { type Finding, type Rule, within } from '../rule.ts';

/** What may be said where. */

const vendorNames = [...providers.map(({ id }) => id), 'zoho', 'site24x7', 'manageengine'];
const vendorPattern = new RegExp(vendorNames.join('|'), 'i');

const vendors: Rule = {
  name: 'no vendor is named outside its folder',
  advice:
    'Say what is special about a vendor in its manifest, its capabilities or its failures; the middle reads it there',
  covers: (path) => /^(src|routes|web|openapi)\//.test(path) && !path.endsWith('.test.ts'),
  modulesMin: 100,
  check: ({ text }) =>
    text.split('\n').flatMap((line, index): Finding[] => {
      const found = vendorPattern.exec(line);
      return found === null ? [] : [{ line: index + 1, what: `names ${found[0]}` }];
    }),
  wrong: [
    { 'src/vendor/upstream/retry.ts': '// Zoho answers with 200 here' },
    { 'src/costs/planning/cover.ts': `if (connection.provider === '${vendorNames[0]}') return daily;` },
    { 'web/style.css': `.card-${vendorNames[1]} { color: red; }` },
    { 'src/main.ts': "const key = 'CLOUDSPEND_CLIENT_ID';" },
  ],
  right: [
    { 'routes/list-costs.ts': "const example = { provider: 'acme' };" },
    { 'providers/acme/wire.ts': '// as documented by Zoho' },
  ],
};

const isErrorStatus = (node: ts.Node): boolean =>
  ts.isNumericLiteral(node) && Number(node.text) >= 400 && Number(node.text) <= 599;
const mentionsErrorStatus = (node: ts.Node | undefined): boolean =>
  node !== undefined && nodesOf(node).some(isErrorStatus);

const statusCalls = new Set(['code', 'status', 'sendStatus', 'writeHead']);
const statusNames = new Set(['status', 'statusCode']);

/** An error status that is given to an answer. One that is only compared, or looked up in a table, is read. */
const setsErrorStatus = (node: ts.Node): boolean => {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    return statusCalls.has(node.expression.name.text) && mentionsErrorStatus(node.arguments[0]);
  }
  if (ts.isPropertyAssignment(node) && statusNames.has(node.name.getText())) {
    return mentionsErrorStatus(node.initializer);
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const { left, right } = node;
    return ts.isPropertyAccessExpression(left) && statusNames.has(left.name.text) && mentionsErrorStatus(right);
  }
  return (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) && /^HTTP\/1\.[01] [45]\d\d/.test(node.text);
};

/** A route documents its errors as problem kinds; a status of its own would bypass the table. */
const documentsErrorStatus = (path: string, node: ts.Node): boolean =>
  path.startsWith('routes/') && ts.isPropertyAssignment(node) && isErrorStatus(node.name);

const errorStatus: Rule = {
  name: 'one table gives errors their status',
  advice:
    'Throw a Failure of a kind from src/domain/failure/failure.ts: src/domain/failure/problem-kinds.ts knows its status',
  covers: (path) =>
    within('src', 'routes')(path) &&
    // The table, and the schema of what it gives.
    !['src/domain/failure/problem-kinds.ts', 'src/domain/failure/problem.ts'].includes(path) &&
    !path.startsWith('src/vendor/sandbox/'),
  modulesMin: 90,
  check: ({ path, source }) =>
    nodesOf(source)
      .filter((node) => setsErrorStatus(node) || documentsErrorStatus(path, node))
      .map((node) => ({ line: lineOf(source, node), what: 'gives an answer an error status' })),
  wrong: [
    { 'src/server/plugins/known-paths.ts': 'reply.code(404).send();' },
    { 'src/server/plugins/known-paths.ts': 'reply.code(known ? 200 : 405).send();' },
    { 'routes/health-live.ts': 'const handle = () => ({ status: 503, json: {} });' },
    { 'routes/health-live.ts': "const answers = { 404: { description: 'There is none.' } };" },
    { 'src/app/app.ts': 'response.statusCode = 500;' },
    { 'src/app/app.ts': 'response.writeHead(431);' },
    { 'src/app/app.ts': "socket.end('HTTP/1.1 400 Bad Request');" },
  ],
  right: [
    { 'src/vendor/upstream/classify.ts': "const kindOf = { 404: 'vendor-not-found' }; if (status === 503) wait();" },
    { 'src/server/plugins/problems.ts': 'reply.code(problem.status).send(); reply.code(204).send();' },
    { 'src/config/faults.ts': 'const lineLengthMax = 400;' },
    { 'src/domain/failure/problem-kinds.ts': "const kinds = { 'not-found': { status: 404 } };" },
    { 'routes/health-live.ts': "const answers = { 200: { description: 'It is.' } };" },
  ],
};

/** Methods of the decimal library that round to its own precision, or give a double. */
const rounding = new Set([
  'toNumber',
  'div',
  'dividedBy',
  'toDecimalPlaces',
  'toDP',
  'toSignificantDigits',
  'toSD',
  'toFraction',
  'toNearest',
  'squareRoot',
  'cubeRoot',
  'toPower',
]);

const exactDecimals: Rule = {
  name: 'no decimal is rounded silently',
  advice: 'Use divide of src/domain/decimal.ts, whose caller names the digits that stay, and keep money a decimal',
  covers: (path) => within('src', 'routes', 'providers')(path) && path !== 'src/domain/decimal.ts',
  modulesMin: 200,
  check: ({ source }) =>
    nodesOf(source)
      .filter((node) => ts.isPropertyAccessExpression(node))
      .filter(({ name }) => rounding.has(name.text))
      .map((node) => ({ line: lineOf(source, node), what: `says .${node.name.text}` })),
  wrong: [
    { 'src/services/cost-summary.ts': 'const total = sum(amounts).toNumber();' },
    { 'src/costs/rows/convert.ts': 'const back = amount.div(rate);' },
    { 'providers/acme/normalise.ts': 'const toFloat = (amount: Decimal) => amount?.toNumber();' },
  ],
  right: [
    { 'src/services/cost-summary.ts': 'const ratio = divide(part, whole, 4); const text = ratio.toString();' },
    { 'src/domain/decimal.ts': 'const nearest = value.toNearest(divisor);' },
  ],
};

export const wordRules: readonly Rule[] = [vendors, errorStatus, exactDecimals];
