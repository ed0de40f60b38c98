import { z } from 'zod';
import { callersOf, type GatewayProcess } from './gateway-process.ts';

const moneySchema = z.object({ amount: z.string(), currency: z.string() });
const problemSchema = z.looseObject({ type: z.string(), detail: z.string() });
const answerSchema = z.looseObject({
  type: z.string().optional(),
  detail: z.string().optional(),
  data: z.array(z.looseObject({ cost: moneySchema.optional() })).default([]),
  totals: z.array(moneySchema).default([]),
  meta: z
    .object({
      complete: z.boolean(),
      providers: z.array(
        z.looseObject({
          connection: z.string(),
          status: z.string(),
          notes: z.array(z.object({ code: z.string(), message: z.string() })).default([]),
          problem: problemSchema.optional(),
        }),
      ),
    })
    .optional(),
});

export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: z.output<typeof answerSchema>;
  /** The kind of the problem that the answer is, without the path of its page. */
  readonly problem: string | null;
  /** What the answer says of its only connection. */
  readonly said: { readonly status: string | null; readonly problem: string | null; readonly detail: string };
}

const kindOf = (type: string | undefined): string | null => type?.replace('/problems/', '') ?? null;
const key = 'k'.repeat(40);

/** The environment of a gateway with one caller, who may read everything: `askerOf` asks as that caller. */
export const oneCaller = callersOf([{ name: 'dashboard', key, scopes: ['read', 'admin'] }]);

export const askerOf =
  (gateway: Pick<GatewayProcess, 'url'>) =>
  async (path: string, headers: Readonly<Record<string, string>> = {}): Promise<GatewayAnswer> => {
    const answer = await fetch(`${gateway.url}${path}`, { headers: { authorization: `Bearer ${key}`, ...headers } });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
    const body = answerSchema.parse(isJson ? JSON.parse(text) : {});
    const [only] = body.meta?.providers ?? [];
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body,
      problem: kindOf(body.type),
      said: {
        status: only?.status ?? null,
        problem: kindOf(only?.problem?.type),
        detail: only?.problem?.detail ?? body.detail ?? '',
      },
    };
  };
export type Asker = ReturnType<typeof askerOf>;

/** A whole month of one connection by an amount a month. */
export const monthOf = (connection: string, month: string): string => {
  const start = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 });
  return `/v1/costs?granularity=monthly&start=${start}&end=${start.add({ months: 1 })}&connection=${connection}`;
};
