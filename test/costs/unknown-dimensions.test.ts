import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providers } from '../../providers/index.ts';
import { costsOf } from '../support/answers.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { pinnedClock } from '../support/pinned-clock.ts';

const cloudzero = providers.filter(({ id }) => id === 'cloudzero');
const month = { start: '2026-10-01', end: '2026-11-01', granularity: 'total' };

describe.each(['live', 'published'])('a dimension that the organisation lacks, in the %s dialect', (dialect) => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp(cloudzero, { clock: pinnedClock(), variants: { cloudzero: dialect } });
  });
  afterAll(() => app.close());
  const costQueries = () => app.sandboxes.cloudzero?.calls.filter(({ path }) => path.includes('billing/costs')).length;

  it('is unsupported as a filter, costs no query, and the answer is not complete', async () => {
    const before = costQueries();
    const { data, meta } = await costsOf(app, { ...month, tag: 'nosuch=x' });
    expect(data).toEqual([]);
    expect(meta.complete).toBe(false);
    expect(meta.providers).toMatchObject([
      { status: 'unsupported', problem: { type: '/problems/capability-unsupported' } },
    ]);
    expect(costQueries()).toBe(before);
  });

  it('is missing as a group, and its cost is still there under null', async () => {
    const whole = await costsOf(app, month);
    const { data, totals, meta } = await costsOf(app, { ...month, groupBy: 'tag:nosuch' });
    expect(meta.complete).toBe(true);
    expect(meta.providers).toMatchObject([{ status: 'fresh', missing: ['tag:nosuch'] }]);
    expect(data.map(({ group }) => group)).toEqual([{ 'tag:nosuch': null }]);
    expect(totals).toEqual(whole.totals);
  });

  it('is told apart from one that it has', async () => {
    const { meta } = await costsOf(app, { ...month, groupBy: 'tag:Team' });
    expect(meta.providers).toMatchObject([{ status: 'fresh', missing: [] }]);
  });
});
