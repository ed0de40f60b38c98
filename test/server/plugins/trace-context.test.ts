import { afterAll, describe, expect, it } from 'vitest';
import { traceIdOf } from '../../../src/server/plugins/trace-context.ts';
import { toyApi } from '../operation/toy-api.ts';
import { echo } from '../operation/toy-operations.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const parent = '00f067aa0ba902b7';

describe('a traceparent', () => {
  it.each([
    `00-${trace}-${parent}-01`,
    `00-${trace}-${parent}-00`,
    `01-${trace}-${parent}-01-more`,
    `cc-${trace}-${parent}-ff`,
  ])('that is well-formed names its trace: %s', (header) => {
    expect(traceIdOf(header)).toBe(trace);
  });

  it.each([
    undefined,
    '',
    trace,
    `00-${trace}-${parent}`,
    `00-${trace}-${parent}-01-more`,
    `ff-${trace}-${parent}-01`,
    `00-${'0'.repeat(32)}-${parent}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `00-${trace.toUpperCase()}-${parent}-01`,
    `00-${trace}0-${parent}-01`,
    `00-${trace}-${parent}-0g`,
    ` 00-${trace}-${parent}-01`,
    `00-${trace}-${parent}-01, 00-${trace}-${parent}-01`,
    `00-${trace}-${parent}-01\n`,
  ])('that is not is as if none had come: %j', (header) => {
    expect(traceIdOf(header)).toBeNull();
  });
});

describe('a request', () => {
  const { app, log } = toyApi([echo]);
  afterAll(() => app.close());

  it('stands in the log under its trace, and none is made up', async () => {
    await app.inject({ url: '/v1/echo/a', headers: { traceparent: `00-${trace}-${parent}-01` } });
    await app.inject({ url: '/v1/echo/a', headers: { traceparent: 'nonsense' } });
    const fields = log.lines.map((line) => line.fields);
    expect(fields[0]).toMatchObject({ traceId: trace });
    expect(fields[1]).not.toHaveProperty('traceId');
  });
});
