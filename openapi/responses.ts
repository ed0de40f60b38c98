import type { FailureKind } from '../src/domain/failure/failure.ts';
import { problemKinds, problemPath } from '../src/domain/failure/problem-kinds.ts';
import type { DocumentedAnswer, OperationEntry } from '../src/server/operation/operation.ts';
import type { Components } from './components.ts';
import { answerHeaders, isKept, problemHeaders } from './headers.ts';
import { isJsonObject, type JsonObject, toJson } from './json.ts';

const hasBody = ({ answers }: OperationEntry): boolean =>
  Object.values(answers).some(({ schema, alsoAs = [] }) => schema !== undefined || alsoAs.length > 0);

/** The problems that every operation can answer with. */
const commonProblems = (operation: OperationEntry): FailureKind[] => [
  'invalid-request',
  ...(hasBody(operation) ? (['not-acceptable'] as const) : []),
  ...(operation.scope === null ? [] : (['unauthenticated', 'forbidden', 'rate-limited', 'deadline-exceeded'] as const)),
  // A body is read even if the operation takes none.
  ...(operation.method === 'GET' ? [] : (['payload-too-large', 'unsupported-media-type'] as const)),
  'internal',
  'overloaded',
  'not-ready',
];

const problemsByStatus = (operation: OperationEntry): Map<number, FailureKind[]> => {
  const byStatus = new Map<number, FailureKind[]>();
  for (const kind of new Set([...commonProblems(operation), ...operation.problems])) {
    const { status } = problemKinds[kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), kind]);
  }
  return byStatus;
};

const problemResponse = (operation: OperationEntry, status: number, kinds: readonly FailureKind[]): JsonObject => ({
  description: kinds.map((kind) => `${problemKinds[kind].title} (\`${kind}\`).`).join(' '),
  headers: problemHeaders(operation, status),
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

const linesOf: Readonly<Record<string, string>> = {
  'application/x-ndjson':
    'One item of `data` a line, as JSON, and a last line with what stands beside `data`: `totals` where there are any, `page` and `meta`.',
  'text/csv': 'A line of column names, then one line an item, after RFC 4180.',
};

const textSchema = (type: string): JsonObject => {
  const description = linesOf[type];
  return { type: 'string', ...(description === undefined ? {} : { description }) };
};

/** `InvalidRequest` for one kind, `Problems502` for several. */
const nameOf = (status: number, kinds: readonly FailureKind[]): string =>
  kinds.length > 1
    ? `Problems${status}`
    : kinds.join('').replaceAll(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase());

const answerResponse = (
  operation: OperationEntry,
  status: number,
  answer: DocumentedAnswer,
  components: Components,
): JsonObject => {
  const json =
    answer.schema === undefined
      ? {}
      : {
          'application/json': {
            schema: components.schema(answer.schema, 'output'),
            ...(answer.example === undefined ? {} : { example: toJson(answer.example) }),
          },
        };
  const others = (answer.alsoAs ?? []).map((type) => [type, { schema: textSchema(type) }] as const);
  const content: JsonObject = { ...json, ...Object.fromEntries(others) };
  return {
    description: answer.description,
    headers: answerHeaders(operation, status, answer.alsoAs),
    ...(Object.keys(content).length === 0 ? {} : { content }),
  };
};

const unchanged = (operation: OperationEntry): JsonObject => ({
  description: 'What `If-None-Match` names still holds.',
  headers: answerHeaders(operation, 304),
});

const both = (answer: JsonObject, problem: JsonObject): JsonObject => ({
  description: `${answer.description} ${problem.description}`,
  headers: { ...toObject(answer, 'headers'), ...toObject(problem, 'headers') },
  content: { ...toObject(answer, 'content'), ...toObject(problem, 'content') },
});

const toObject = (holder: JsonObject, name: string): JsonObject => {
  const value = holder[name];
  return isJsonObject(value) ? value : {};
};

/** The answers of an operation, then its problems by status. */
export const responsesOf = (operation: OperationEntry, components: Components): JsonObject => {
  const responses = new Map<number, JsonObject>();
  for (const [status, answer] of Object.entries(operation.answers)) {
    responses.set(Number(status), answerResponse(operation, Number(status), answer, components));
  }
  if (isKept(operation) && operation.answers[200] !== undefined) responses.set(304, unchanged(operation));
  for (const [status, kinds] of problemsByStatus(operation)) {
    const answer = responses.get(status);
    const problem = problemResponse(operation, status, kinds);
    responses.set(
      status,
      answer === undefined ? components.response(nameOf(status, kinds), problem) : both(answer, problem),
    );
  }
  return Object.fromEntries([...responses].sort(([left], [right]) => left - right));
};
