import { z } from 'zod';
import { type Day, dayOfInstant } from '../../src/domain/day.ts';
import { isDimension } from '../../src/domain/dimension.ts';
import type { RunningSandbox, SandboxOptions } from '../../src/vendor/contract/sandbox.ts';
import {
  amountText,
  baseUrlSetting,
  type CostQuestion,
  type CostReading,
  decode,
  decodeItems,
  defineProvider,
  type Session,
  secretSetting,
} from '../../src/vendor/kit/index.ts';
import { type SandboxReply, type SandboxRequest, startSandboxServer } from '../../src/vendor/sandbox/server.ts';
import { toyAges, toyCubes } from './toy-vendor.ts';
import { answerOf, rowsOfDay } from './toy-world.ts';

const key = 'toy-key-d1c3f0a2b4';
const cubes = [toyCubes.month, toyCubes.range, toyCubes.day, toyCubes.figure];
const rowsOn = (day: Day) => rowsOfDay('sandbox', day);

const fill = async (session: Session, question: CostQuestion): Promise<CostReading> => {
  const reply = await session.call({
    operation: 'costs',
    method: 'GET',
    path: '/costs',
    effect: 'read',
    query: [
      ['cube', question.cube],
      ['start', question.start],
      ['end', question.end],
      ...question.dimensions.map((dimension) => ['dimension', dimension] as const),
    ],
  });
  const answer = decode(z.object({ rows: z.array(z.unknown()), completeThrough: z.string() }), reply.json, 'costs');
  const row = z.object({
    day: z.string(),
    values: z.array(z.string().nullable()),
    amount: amountText,
    currency: z.string(),
  });
  const { items, faults } = decodeItems(row, answer.rows, 'rows');
  return { items, faults, notes: [], completeThrough: answer.completeThrough };
};

const startToySandbox = ({ clock, port }: SandboxOptions): Promise<RunningSandbox> => {
  const costs = ({ query }: SandboxRequest): SandboxReply => {
    const cube = cubes.find((each) => each.id === query.get('cube'));
    if (cube === undefined) return { status: 400, json: { message: 'no such cube' } };
    const question: CostQuestion = {
      cube: cube.id,
      dimensions: query.getAll('dimension').filter(isDimension),
      costType: 'billed',
      start: query.get('start') ?? '',
      end: query.get('end') ?? '',
    };
    const rows = answerOf(rowsOn, question, cube.grain, clock.today());
    return { json: { rows, completeThrough: dayOfInstant(clock.now() - 2 * 86_400_000) } };
  };
  return startSandboxServer({
    clock,
    port,
    routes: [{ method: 'GET', path: '/costs', handle: costs }],
    settings: (url) => ({ apiKey: key, baseUrl: url }),
    guard: ({ headers }) =>
      headers.authorization === `Toy ${key}` ? null : { status: 401, json: { message: 'wrong key' } },
  });
};

/** A whole provider in one file: what a fourth vendor has to bring, and no more. */
export const toy = defineProvider({
  id: 'toy',
  title: 'Toy Cloud',
  settings: z.object({
    apiKey: secretSetting({ environment: 'TOY_API_KEY', description: 'Any key that the toy vendor gave out.' }),
    baseUrl: baseUrlSetting({
      environment: 'TOY_BASE_URL',
      description: 'Where the toy vendor answers.',
      fallback: 'https://toy.example.com',
    }),
  }),
  connect: ({ apiKey, baseUrl }) => ({
    identity: ['toy', baseUrl],
    origins: { api: baseUrl },
    credentials: { kind: 'static', headers: () => ({ authorization: `Toy ${apiKey.reveal()}` }) },
    limits: { concurrency: 8, queue: 64, timeoutMs: 8000, quotas: [] },
    readFailure: () => null,
    capabilities: { costs: { costTypes: ['billed'], cubes, ages: toyAges, fill } },
  }),
  sandbox: startToySandbox,
});
