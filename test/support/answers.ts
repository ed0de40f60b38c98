import { z } from 'zod';
import { costRowSchema } from '../../src/domain/answer-schemas.ts';
import { add, decimal, decimalText, zero } from '../../src/domain/decimal.ts';
import { problemSchema } from '../../src/domain/failure/problem.ts';
import { metaSchema, pageSchema } from '../../src/domain/meta.ts';
import { type Money, moneySchema } from '../../src/domain/money.ts';
import type { RunningApp } from './app.ts';

export const costAnswerSchema = z.object({
  data: z.array(costRowSchema),
  totals: z.array(moneySchema),
  page: pageSchema,
  meta: metaSchema,
});
export type CostAnswerBody = z.output<typeof costAnswerSchema>;

export const listAnswerSchema = z.object({ data: z.array(z.unknown()), page: pageSchema, meta: metaSchema });

/** A query string; a list value is repeated. */
export const queryOf = (asked: Readonly<Record<string, string | readonly string[]>>): string =>
  new URLSearchParams(
    Object.entries(asked).flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : value).map((each) => [name, each]),
    ),
  ).toString();

/** A cost answer that has to be one. */
export const costsOf = async (app: RunningApp, asked: Parameters<typeof queryOf>[0]): Promise<CostAnswerBody> => {
  const answer = await app.get(`/v1/costs?${queryOf({ limit: '1000', ...asked })}`);
  if (answer.status !== 200) throw new TypeError(`${answer.status} ${answer.text}`);
  return costAnswerSchema.parse(answer.body);
};

/** All rows, page after page. */
export const allCostsOf = async (app: RunningApp, asked: Parameters<typeof queryOf>[0]) => {
  const first = await costsOf(app, asked);
  const data = [...first.data];
  for (let cursor = first.page.nextCursor; cursor !== null; ) {
    const next = await costsOf(app, { cursor });
    data.push(...next.data);
    cursor = next.page.nextCursor;
  }
  return { ...first, data };
};

/** A problem that has to be one, with the status that its media type goes with. */
export const problemOf = async (app: RunningApp, path: string, headers: Record<string, string> = {}) => {
  const answer = await app.get(path, headers);
  if (!String(answer.headers['content-type']).startsWith('application/problem+json')) {
    throw new TypeError(`no problem but ${answer.status} ${answer.text.slice(0, 300)}`);
  }
  const problem = problemSchema.parse(answer.body);
  if (problem.status !== answer.status) throw new TypeError(`${problem.status} in the body of a ${answer.status}`);
  return { problem, headers: answer.headers };
};

/** One exact sum a currency, in the order of the codes. */
export const summed = (amounts: readonly Money[]): Money[] =>
  [...new Set(amounts.map((each) => each.currency))].sort().map((currency) => ({
    amount: decimalText(
      amounts.filter((each) => each.currency === currency).reduce((sum, each) => add(sum, decimal(each.amount)), zero),
    ),
    currency,
  }));
