import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { queryOf } from '../../support/answers.ts';
import type { RunningApp } from '../../support/app.ts';
import { operationOf, takes } from './operation.ts';
import { openWorkerApp } from './worker-app.ts';

const listSchema = z.object({
  data: z.array(z.unknown()),
  page: z.object({ limit: z.number(), nextCursor: z.string().nullable() }),
  meta: z.unknown(),
});

const everything = {
  start: '2026-10-15',
  end: '2026-12-31T23:00:00+02:00',
  granularity: 'monthly',
  groupBy: ['provider,connection', 'account', 'service', 'region', 'category', 'resource', 'cloud', 'tag:env'],
  costType: 'effective',
  currency: 'EUR',
  sort: '-cost',
  top: '3',
  limit: '7',
};

/** What every 200 of an operation without a path parameter keeps to. */
export const describeDocumentedAnswer = (id: string): void => {
  const operation = operationOf(id);
  const { path } = operation;
  describe(`200 of GET ${path}`, () => {
    let app: RunningApp;
    beforeAll(async () => {
      app = await openWorkerApp();
    });

    /** Nothing missing, and nothing that the document does not know. */
    const expectDocumented = async (query: Parameters<typeof queryOf>[0] = {}) => {
      const answer = await app.get(`${path}?${queryOf(query)}`);
      expect(answer.status, answer.text.slice(0, 300)).toBe(200);
      expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
      expect(operation.answers[200]?.schema?.parse(answer.body)).toEqual(answer.body);
      return answer;
    };

    it('is as its document says', async () => {
      await expectDocumented();
    });

    if (takes(operation, 'groupBy'))
      it('is as its document says with everything that can be asked for', async () => {
        const taken = Object.entries(everything).filter(([name]) => takes(operation, name));
        await expectDocumented(Object.fromEntries(taken));
      });

    if (takes(operation, 'limit'))
      it('comes in pages that hold the list once', async () => {
        const whole = listSchema.parse((await expectDocumented({ limit: '1000' })).body);
        const first = listSchema.parse((await expectDocumented({ limit: '2' })).body);
        expect(first.page.limit).toBe(2);
        expect(first.data).toEqual(whole.data.slice(0, 2));
        if (first.page.nextCursor === null) {
          expect(whole.data.length).toBeLessThanOrEqual(2);
          return;
        }
        const second = listSchema.parse((await expectDocumented({ limit: '3', cursor: first.page.nextCursor })).body);
        expect(second.data).toEqual(whole.data.slice(2, 5));
        expect(second.meta).toEqual(first.meta);
      });

    if (path.startsWith('/v1/') && path !== '/v1/providers')
      it('has the same bytes when the question is asked again', async () => {
        expect((await app.get(path)).text).toBe((await app.get(path)).text);
      });
  });
};
