import { describe, expect, it, onTestFinished } from 'vitest';
import { providers } from '../../../providers/index.ts';
import { startApp } from '../../support/app.ts';
import { pinnedClock } from '../../support/pinned-clock.ts';

const cloudzero = providers.filter(({ id }) => id === 'cloudzero');
const budget = {
  connection: 'cloudzero',
  name: 'Answer lost',
  period: 'monthly',
  limit: { amount: '1000', currency: 'USD' },
  scope: { view: 'view-e4480d1b' },
};
const monitor = { connection: 'cloudzero', name: 'Answer lost', filters: { service: ['AmazonRDS'] } };

const cases = [
  ['budget', 'live', '/v1/budgets', budget],
  ['budget', 'published', '/v1/budgets', budget],
  ['monitor', 'published', '/v1/anomaly-monitors', monitor],
  ['monitor', 'live', '/v1/anomaly-monitors', { ...monitor, groupBy: ['account'] }],
] as const;

describe('a write whose answer is lost after it took effect', () => {
  it.each(cases)('leaves one %s in the %s dialect, and the caller gets it', async (_what, dialect, url, payload) => {
    const app = await startApp(cloudzero, { clock: pinnedClock(), variants: { cloudzero: dialect } });
    onTestFinished(() => app.close());
    app.sandboxes.cloudzero?.faults.set([{ kind: 'cut', method: 'POST', times: 1 }]);
    const answer = await app.server.inject({ method: 'POST', url, payload, headers: { 'idempotency-key': 'k' } });
    expect(answer.statusCode, answer.body).toBe(201);
    const list = await app.get(url, { 'cache-control': 'no-cache' });
    expect(list.text.split('"name":"Answer lost"')).toHaveLength(2);
  });
});
