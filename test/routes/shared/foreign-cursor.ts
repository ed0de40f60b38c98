import { expect, it } from 'vitest';
import { listAnswerSchema, problemOf, queryOf } from '../../support/answers.ts';
import type { RunningApp } from '../../support/app.ts';
import { operationOf } from './operation.ts';
import { openWorkerApp } from './worker-app.ts';

const cursorFrom = async (app: RunningApp, path: string): Promise<string> => {
  const { page } = listAnswerSchema.parse((await app.get(path)).body);
  if (page.nextCursor === null) throw new TypeError(`${path} has one page only`);
  return page.nextCursor;
};

const sources = ['/v1/costs?start=2026-10-01&end=2026-11-01&groupBy=service&limit=5', '/v1/budgets?limit=1'] as const;

/** A list never goes on with the cursor of another one. */
export const describeForeignCursor = (id: string): void => {
  const { path } = operationOf(id);
  it.each(sources.filter((source) => source.split('?')[0] !== path))(
    `400 of GET ${path} for the cursor of %s`,
    async (source) => {
      const app = await openWorkerApp();
      const cursor = await cursorFrom(app, source);
      const { problem } = await problemOf(app, `${path}?${queryOf({ cursor })}`);
      expect(problem.status).toBe(400);
    },
  );
};
