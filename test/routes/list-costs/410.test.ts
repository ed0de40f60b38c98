import { beforeAll, describe, expect, it } from 'vitest';
import { providers } from '../../../providers/index.ts';
import { problemOf, queryOf } from '../../support/answers.ts';
import { type RunningApp, startApp } from '../../support/app.ts';
import { toy } from '../../support/toy-provider.ts';
import { cursorOfCosts, question } from '../shared/costs-cursor.ts';
import { openWorkerApp, workerClock, workerStore } from '../shared/worker-app.ts';

describe('410 of GET /v1/costs', () => {
  let app: RunningApp;
  let cursor: string;
  beforeAll(async () => {
    app = await openWorkerApp();
    cursor = await cursorOfCosts(app);
  });

  it('is for a cursor whose answer is gone, such as after a restart', async () => {
    const again = await startApp([...providers, toy], { clock: workerClock, store: workerStore });
    const path = `/v1/costs?${queryOf({ ...question, cursor })}`;
    const { problem } = await problemOf(again, path);
    expect(problem).toMatchObject({ status: 410, type: '/problems/cursor-expired' });
    expect((await app.get(path)).status).toBe(200);
    await again.close();
  });
});
