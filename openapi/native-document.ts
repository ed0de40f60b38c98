import packageJson from '../package.json' with { type: 'json' };
import { problemSchema } from '../src/domain/failure/problem.ts';
import type { NativeOperation, NativeParameter } from '../src/vendor/contract/contract.ts';
import { Components } from './components.ts';
import type { OpenApiDocument } from './document.ts';
import { type Json, type JsonObject, toJson } from './json.ts';

/** A vendor with a catalogue of its own operations. */
export interface CataloguedVendor {
  readonly id: string;
  readonly title: string;
  readonly operations: readonly NativeOperation[];
}

const description = [
  "Every catalogued operation of the vendors' own APIs, behind this gateway: the same keys, with the scopes `native:read` and `native:write`, which go by what an operation does and not by its method.",
  'The status and the bytes of the vendor come back unchanged, with `Cost-Gateway-Answered-By: vendor`; what the gateway says itself is `application/problem+json`. Tokens, pauses, quotas and retries are those of the connection, shared with everything else that asks the vendor.',
  'What reads is answered from a short cache where it can be; `Cache-Status` says so, and `Cache-Control: no-cache` asks anew. What writes is sent once: `Idempotency-Key` makes it safe to repeat.',
  'The first segment after `/native/` is the id of a connection; a set-up with one account has a connection named like its vendor. `GET /v1/operations` searches this catalogue.',
].join('\n\n');

const parameterOf = ({ name, required, schema, json, ...rest }: NativeParameter): Json => ({
  name,
  in: rest.in,
  required: rest.in === 'path' || required,
  ...(json ? { content: { 'application/json': { schema: toJson(schema) } } } : { schema: toJson(schema) }),
});

const contentOf = (content: Readonly<Record<string, object>>): JsonObject =>
  Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema: toJson(schema) }]));

const refusal: JsonObject = {
  description: "The vendor's refusal, unchanged, or a problem of the gateway.",
  content: {
    'application/json': { schema: {} },
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  },
};

const answersOf = ({ answers }: NativeOperation): JsonObject => ({
  '2XX': {
    description: "The vendor's answer, unchanged.",
    ...(answers.length === 0 ? {} : { content: contentOf(Object.fromEntries(answers.map((type) => [type, {}]))) }),
  },
  '4XX': refusal,
  default: refusal,
});

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const entryOf = (vendor: CataloguedVendor, operation: NativeOperation): JsonObject => {
  const { id, area, title, note, scope, effect, parameters, body } = operation;
  const said = [
    ...(note === undefined ? [] : [note]),
    `Needs the scope \`native:${effect}\`${scope === null ? '' : `; at the vendor \`${scope}\``}.`,
  ];
  return {
    operationId: `${vendor.id}${capitalised(id)}`,
    tags: [`${vendor.title}: ${area}`],
    summary: title,
    description: said.join('\n\n'),
    parameters: [
      {
        name: vendor.id,
        in: 'path',
        required: true,
        description: `The id of a connection to ${vendor.title}.`,
        schema: { type: 'string', default: vendor.id },
      },
      ...parameters.map(parameterOf),
      ...(effect === 'write' ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
    ],
    ...(body === null ? {} : { requestBody: { required: body.required, content: contentOf(body.content) } }),
    responses: answersOf(operation),
    'x-scope': `native:${effect}`,
  };
};

/** The OpenAPI document of `/native`. Paths begin with a parameter named like the vendor, so that those of two differ. */
export const buildNativeDocument = (vendors: readonly CataloguedVendor[]): OpenApiDocument => {
  const components = new Components();
  components.schema(problemSchema, 'output');
  const paths: Record<string, JsonObject> = {};
  for (const vendor of vendors) {
    for (const operation of vendor.operations) {
      const path = `/native/{${vendor.id}}${operation.path}`;
      paths[path] = { ...paths[path], [operation.method.toLowerCase()]: entryOf(vendor, operation) };
    }
  }
  const tags = vendors.flatMap(({ title, operations }) =>
    [...new Set(operations.map(({ area }) => area))].map((area) => `${title}: ${area}`),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: "cost-gateway: the vendors' own operations",
      version: packageJson.version,
      description,
      license: { name: packageJson.license, identifier: packageJson.license },
    },
    servers: [{ url: '/', description: 'This gateway.' }],
    security: [{ bearer: [] }, { apiKey: [] }],
    tags: tags.map((name) => ({ name, description: `Operations of ${name.replace(': ', ', ')}.` })),
    paths,
    components: {
      schemas: components.schemas(),
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          description: 'A write under a known key is not sent again; its answer is repeated.',
          schema: { type: 'string', maxLength: 255 },
        },
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API key or an access token.' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: 'An API key.' },
      },
    },
  };
};
