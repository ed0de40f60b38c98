import type { FailureKind } from '../src/failure/failure.ts';
import { problemKinds, problemPath } from '../src/failure/problem.ts';
import { type DocumentedAnswer, noBody, type Operation } from '../src/operation/define.ts';
import type { Components } from './components.ts';
import { isJsonObject, type JsonObject, toJson } from './json.ts';

const header = (name: string): JsonObject => ({ $ref: `#/components/headers/${name}` });

export const headers: JsonObject = {
  'X-Request-Id': {
    description: 'The id under which the log of the gateway knows this request; the one that was sent, if well-formed.',
    schema: { type: 'string' },
  },
  'Retry-After': { description: 'Seconds to wait before the next attempt.', schema: { type: 'integer', minimum: 0 } },
  'WWW-Authenticate': { description: 'How to authenticate.', schema: { type: 'string' } },
  Location: { description: 'The path of what was made.', schema: { type: 'string' } },
};

/** What every operation can answer with, whatever it does. */
const commonProblems = (operation: Operation): FailureKind[] => [
  'invalid-request',
  ...(operation.scope === null
    ? []
    : (['unauthenticated', 'forbidden', 'not-acceptable', 'rate-limited', 'deadline-exceeded'] as const)),
  ...(operation.body === noBody ? [] : (['payload-too-large', 'unsupported-media-type'] as const)),
  'internal',
  'overloaded',
  'not-ready',
];

const problemsByStatus = (operation: Operation): Map<number, FailureKind[]> => {
  const byStatus = new Map<number, FailureKind[]>();
  for (const kind of new Set([...commonProblems(operation), ...operation.problems])) {
    const { status } = problemKinds[kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), kind]);
  }
  return byStatus;
};

const problemResponse = (status: number, kinds: readonly FailureKind[]): JsonObject => ({
  description: kinds.map((kind) => `${problemKinds[kind].title} (\`${kind}\`).`).join(' '),
  headers: {
    'X-Request-Id': header('X-Request-Id'),
    ...(status === 401 ? { 'WWW-Authenticate': header('WWW-Authenticate') } : {}),
    ...(status === 429 || status === 503 ? { 'Retry-After': header('Retry-After') } : {}),
  },
  content: {
    'application/problem+json': {
      schema: {
        allOf: [
          { $ref: '#/components/schemas/Problem' },
          { type: 'object', properties: { type: { enum: kinds.map(problemPath) }, status: { const: status } } },
        ],
      },
    },
  },
});

const answerResponse = (status: number, answer: DocumentedAnswer, components: Components): JsonObject => {
  const json =
    answer.schema === undefined
      ? {}
      : {
          'application/json': {
            schema: components.schema(answer.schema, 'output'),
            ...(answer.example === undefined ? {} : { example: toJson(answer.example) }),
          },
        };
  const others = (answer.alsoAs ?? []).map((type) => [type, { schema: { type: 'string' } }] as const);
  const content: JsonObject = { ...json, ...Object.fromEntries(others) };
  return {
    description: answer.description,
    headers: {
      'X-Request-Id': header('X-Request-Id'),
      ...(status === 201 ? { Location: header('Location') } : {}),
    },
    ...(Object.keys(content).length === 0 ? {} : { content }),
  };
};

const both = (answer: JsonObject, problem: JsonObject): JsonObject => ({
  description: `${answer.description} ${problem.description}`,
  headers: { ...toObject(answer, 'headers'), ...toObject(problem, 'headers') },
  content: { ...toObject(answer, 'content'), ...toObject(problem, 'content') },
});

const toObject = (holder: JsonObject, name: string): JsonObject => {
  const value = holder[name];
  return isJsonObject(value) ? value : {};
};

/** The answers of an operation, then every kind of problem it can have, by status. */
export const responsesOf = (operation: Operation, components: Components): JsonObject => {
  const responses = new Map<number, JsonObject>();
  for (const [status, answer] of Object.entries(operation.answers)) {
    responses.set(Number(status), answerResponse(Number(status), answer, components));
  }
  for (const [status, kinds] of problemsByStatus(operation)) {
    const answer = responses.get(status);
    const problem = problemResponse(status, kinds);
    responses.set(status, answer === undefined ? problem : both(answer, problem));
  }
  return Object.fromEntries([...responses].sort(([left], [right]) => left - right));
};
