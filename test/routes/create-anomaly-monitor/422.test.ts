import { describe, expect, it } from 'vitest';
import { problem } from '../shared/expected.ts';
import { useMonitorApp, watch } from '../shared/monitor-app.ts';

const api = useMonitorApp();

describe('422 of POST /v1/anomaly-monitors', () => {
  it('is 422 with the sentence of a vendor that cannot hold it', async () => {
    api.vendor.cannotHold = () => 'It watches whole accounts only.';
    expect(await api.ask('POST', '/v1/anomaly-monitors', watch)).toMatchObject({
      status: 422,
      body: problem('capability-unsupported', { detail: 'It watches whole accounts only.' }),
    });
    expect(api.vendor.sends).toEqual([]);
  });

  it.each([
    ['what its costs do not tell apart', { filters: { costCenter: ['c'] } }, /account, service, region/],
    ['more than they tell apart together', { groupBy: ['tag:a', 'tag:b'] }, /where these can be combined/],
    ['an impact in another currency', { minImpact: { amount: '1', currency: 'EUR' } }, /in USD/],
  ])('is 422 for %s, where the gateway watches', async (_what, more, sentence) => {
    await api.restart({});
    expect(await api.ask('POST', '/v1/anomaly-monitors', { ...watch, ...more })).toMatchObject({
      status: 422,
      body: problem('capability-unsupported', { detail: expect.stringMatching(sentence) }),
    });
  });
});

describe.each(['vendor', 'gateway'] as const)('422 of POST /v1/anomaly-monitors, kept by the %s', (keeper) => {
  const other = useMonitorApp(keeper);

  it('is for a key that belongs to another body', async () => {
    const key = { 'idempotency-key': 'k-1' };
    await other.ask('POST', '/v1/anomaly-monitors', watch, key);
    expect(await other.ask('POST', '/v1/anomaly-monitors', { ...watch, name: 'Other' }, key)).toMatchObject({
      status: 422,
      body: problem('idempotency-mismatch'),
    });
  });
});
