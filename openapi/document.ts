import packageJson from '../package.json' with { type: 'json' };
import { problemSchema } from '../src/domain/failure/problem.ts';
import { lineType } from '../src/server/operation/line-body.ts';
import { noBody, type OperationEntry } from '../src/server/operation/operation.ts';
import { Components } from './components.ts';
import { guideChapters } from './guides.ts';
import { headerParameters, headerParametersOf, headers } from './headers.ts';
import type { Json, JsonObject } from './json.ts';
import { pathParameter, queryParameter } from './parameter.ts';
import { responsesOf } from './responses.ts';
import { tags } from './tags.ts';

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: JsonObject;
  readonly servers: readonly JsonObject[];
  readonly security: readonly JsonObject[];
  readonly tags: readonly JsonObject[];
  readonly paths: Readonly<Record<string, JsonObject>>;
  readonly components: JsonObject;
}

const infoWith = (chapters: readonly string[]): JsonObject => ({
  title: 'cost-gateway',
  version: packageJson.version,
  summary: packageJson.description,
  description: [
    'Money is `{"amount": "1234.5678", "currency": "USD"}`: the amount is a decimal string, and no digit is ever lost. Time is UTC; `start` is inclusive, `end` exclusive.',
    'Lists answer with `data`, `page` and `meta`. `meta.complete` is false whenever a provider that was asked could not give all of its part, and `meta.providers` says why. A missing vendor is never counted as zero.',
    'Errors are `application/problem+json` (RFC 9457); `type` is the path of a page that explains the kind. Unknown parameters and fields are refused by name. A path asked with a method that it does not take is a 405 with `Allow`; requests that arrive too slowly or with too large headers are a 408 and a 431.',
    'Every `GET` may be asked as `HEAD`. Every answer carries `X-Request-Id`.',
    ...chapters,
  ].join('\n\n'),
  license: { name: packageJson.license, identifier: packageJson.license },
});

const securitySchemes: JsonObject = {
  bearer: { type: 'http', scheme: 'bearer', description: 'An API key or an access token.' },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: 'An API key.' },
};

const parametersOf = (operation: OperationEntry, components: Components): Json[] => [
  ...Object.entries(operation.params.shape).map(([name, schema]) => pathParameter(name, schema, components)),
  ...Object.entries(operation.query.shape).map(([name, schema]) => queryParameter(name, schema, components)),
  ...headerParametersOf(operation).map((name) => ({ $ref: `#/components/parameters/${name}` })),
];

const requestBodyOf = (operation: OperationEntry, components: Components): JsonObject =>
  operation.body === noBody
    ? {}
    : {
        requestBody: {
          required: !operation.body.safeParse(undefined).success,
          content: {
            'application/json': { schema: components.schema(operation.body, 'input') },
            ...(operation.lines === undefined ? {} : { [lineType]: { schema: { type: 'string' } } }),
          },
        },
      };

/** OpenAPI lists scopes for OAuth only, so `x-scope` and the description name the required scope. */
const anyCredential: readonly JsonObject[] = [{ bearer: [] }, { apiKey: [] }];
const securityOf = ({ scope }: OperationEntry): readonly JsonObject[] => (scope === null ? [] : anyCredential);

const pathItemEntry = (operation: OperationEntry, responses: JsonObject, components: Components): JsonObject => ({
  operationId: operation.id,
  tags: [operation.tag],
  summary: operation.summary,
  description:
    operation.scope === null
      ? operation.description
      : `${operation.description}\n\nNeeds the scope \`${operation.scope}\`.`,
  parameters: parametersOf(operation, components),
  ...requestBodyOf(operation, components),
  responses,
  security: securityOf(operation),
  ...(operation.scope === null ? {} : { 'x-scope': operation.scope }),
});

const usedTags = (operations: readonly OperationEntry[]): readonly JsonObject[] => {
  const used = new Set(operations.map((operation) => operation.tag));
  for (const name of used) {
    if (!tags.some((tag) => tag.name === name)) throw new TypeError(`describe the tag ${name} in openapi/tags.ts`);
  }
  return tags.filter((tag) => used.has(tag.name)).map(({ name, description }) => ({ name, description }));
};

/** The OpenAPI document of these operations. Equal input gives equal text. */
export const buildDocument = (
  operations: readonly OperationEntry[],
  chapters: readonly string[] = guideChapters,
): OpenApiDocument => {
  const components = new Components();
  components.schema(problemSchema, 'output');
  const responses = operations.map((operation) => responsesOf(operation, components));
  const paths: Record<string, JsonObject> = {};
  for (const [index, operation] of operations.entries()) {
    const entry = pathItemEntry(operation, responses[index] ?? {}, components);
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: entry };
  }
  return {
    openapi: '3.1.0',
    info: infoWith(chapters),
    servers: [{ url: '/', description: 'This gateway.' }],
    security: anyCredential,
    tags: usedTags(operations),
    paths,
    components: {
      schemas: components.schemas(),
      responses: components.responses(),
      parameters: headerParameters,
      headers,
      securitySchemes,
    },
  };
};

/** The text that is committed and served. */
export const documentText = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;
