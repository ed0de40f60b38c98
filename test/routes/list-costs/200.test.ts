import { beforeAll, describe, expect, it } from 'vitest';
import { costsOf } from '../../support/answers.ts';
import type { RunningApp } from '../../support/app.ts';
import { cursorOfCosts, question } from '../shared/costs-cursor.ts';
import { describeDocumentedAnswer } from '../shared/documented-answer.ts';
import { openWorkerApp } from '../shared/worker-app.ts';

describeDocumentedAnswer('listCosts');

describe('200 of GET /v1/costs with a cursor', () => {
  let app: RunningApp;
  let cursor: string;
  beforeAll(async () => {
    app = await openWorkerApp();
    cursor = await cursorOfCosts(app);
  });

  it('leads on with its question, alone, and with another limit', async () => {
    const second = await costsOf(app, { ...question, limit: '5', cursor });
    expect(await costsOf(app, { limit: '5', cursor })).toEqual(second);
    expect((await costsOf(app, { limit: '2', cursor })).data).toEqual(second.data.slice(0, 2));
    expect(second.totals).toEqual((await costsOf(app, question)).totals);
  });
});
