import { describe, expect, it } from 'vitest';
import { everybodyIs, problem } from '../shared/expected.ts';
import { useMonitorApp, watch } from '../shared/monitor-app.ts';

const api = useMonitorApp();

describe('400 of POST /v1/anomaly-monitors', () => {
  it.each([
    ['nothing', undefined, ['body']],
    ['no field', {}, ['body.connection', 'body.name']],
    ['an unknown field', { ...watch, colour: 'red' }, ['body.colour']],
    ['an unknown connection', { ...watch, connection: 'nobody' }, ['body.connection']],
    ['a filter by what is no dimension', { ...watch, filters: { planet: ['mars'] } }, ['body.filters.planet']],
    ['a filter without values', { ...watch, filters: { service: [] } }, ['body.filters.service']],
    ['a filter of one text', { ...watch, filters: { service: 'x' } }, ['body.filters.service']],
    ['groups of what is no dimension', { ...watch, groupBy: ['planet'] }, ['body.groupBy.0']],
    ['groups of what only vendors watch', { ...watch, groupBy: ['costCenter'] }, ['body.groupBy.0']],
    ['six groups', { ...watch, groupBy: ['tag:a', 'tag:b', 'tag:c', 'tag:d', 'tag:e', 'tag:f'] }, ['body.groupBy']],
    ['a sensitivity of its own', { ...watch, sensitivity: 'extreme' }, ['body.sensitivity']],
    ['an impact as a number', { ...watch, minImpact: { amount: 10, currency: 'USD' } }, ['body.minImpact.amount']],
    ['no impact', { ...watch, minImpact: { amount: '0', currency: 'USD' } }, ['body.minImpact.amount']],
    ['less than none', { ...watch, minImpact: { amount: '-1', currency: 'USD' } }, ['body.minImpact.amount']],
    ['an exponent', { ...watch, minImpact: { amount: '1e3', currency: 'USD' } }, ['body.minImpact.amount']],
    ['no currency', { ...watch, minImpact: { amount: '10' } }, ['body.minImpact.currency']],
    ['an unknown field inside', { ...watch, minImpact: { amount: '1', currency: 'USD', x: 1 } }, ['body.minImpact.x']],
  ])('is 400 for %s, naming it', async (_what, body, paths) => {
    const answer = await api.ask('POST', '/v1/anomaly-monitors', body);
    expect(answer).toMatchObject({ status: 400, body: problem('invalid-request') });
    const errors: { path: string }[] = Object(answer.body).errors;
    expect(errors.map((error) => error.path)).toEqual(paths);
    expect(api.vendor.sends).toEqual([]);
  });

  it('is for a connection that the caller may not see', async () => {
    await api.restart({ authenticate: everybodyIs({ connections: new Set(['else']) }) });
    expect((await api.ask('POST', '/v1/anomaly-monitors', watch)).status).toBe(400);
  });
});
