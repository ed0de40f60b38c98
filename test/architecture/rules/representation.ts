import ts from 'typescript';
import { lineOf, nodesOf } from '../module.ts';
import { type Finding, type Rule, within } from '../rule.ts';

/** How values are represented is the route's business: nothing below it names an address or a media type. */

const literals = (source: ts.SourceFile): { readonly text: string; readonly node: ts.Node }[] =>
  nodesOf(source).flatMap((node) => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    return isText ? [{ text: node.text, node }] : [];
  });

const naming =
  (pattern: RegExp): Rule['check'] =>
  ({ source }) =>
    literals(source).flatMap(({ text, node }): Finding[] => {
      const found = pattern.exec(text);
      return found === null ? [] : [{ line: lineOf(source, node), what: `names ${found[0]}` }];
    });

/** Sentences of the document and of the problem pages. */
const documentTexts = ['src/domain/failure/problem-kinds.ts', 'src/domain/answer-schemas.ts'];

const noAddress: Rule = {
  name: 'no address of the API stands in the middle',
  advice: 'The route knows its path: return a value, and let the route put it into a header or a link',
  covers: (path) => within('src')(path) && path !== 'src/main.ts' && !documentTexts.includes(path),
  modulesMin: 200,
  check: naming(/\/v1\/?/),
  wrong: [
    { 'src/services/costs.ts': "const path = '/v1/costs';" },
    { 'src/services/managed/writing.ts': 'const location = `/v1/budgets/$'.concat('{id}`;') },
    { 'src/services/managed/find.ts': "const text = 'There is none. GET /v1/budgets lists them.';" },
  ],
  right: [
    { 'src/services/costs.ts': "// as /v1/costs answers it\nconst name = 'costs';" },
    { 'routes/list-costs.ts': "const path = '/v1/costs';" },
  ],
};

const noMediaType: Rule = {
  name: 'no service knows a media type',
  advice: 'Return a value; routes and src/server turn it into JSON, NDJSON or CSV',
  covers: (path) =>
    within('src/services', 'src/costs', 'src/analysis', 'src/domain')(path) && !documentTexts.includes(path),
  modulesMin: 100,
  check: naming(/\b(?:application|text)\/[a-z][a-z.+-]+/),
  wrong: [
    { 'src/services/charges.ts': "const csv = accept === 'text/csv';" },
    { 'src/services/changes.ts': "return { contentType: 'application/x-ndjson; charset=utf-8' };" },
  ],
  right: [
    { 'src/services/charges.ts': "const text = 'a context/value pair';" },
    { 'src/server/operation/answer.ts': "const type = 'application/json';" },
  ],
};

export const representationRules: readonly Rule[] = [noAddress, noMediaType];
