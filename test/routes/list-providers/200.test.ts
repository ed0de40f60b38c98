import { describe, expect, it } from 'vitest';
import { providers } from '../../../providers/index.ts';
import { listAnswerSchema } from '../../support/answers.ts';
import { startApp } from '../../support/app.ts';
import { describeDocumentedAnswer } from '../shared/documented-answer.ts';
import { workerClock } from '../shared/worker-app.ts';

describeDocumentedAnswer('listProviders');

describe('200 of GET /v1/providers right after the start', () => {
  it('calls no connection well that has not been used', async () => {
    const app = await startApp(providers, { clock: workerClock });
    const { data } = listAnswerSchema.parse((await app.get('/v1/providers')).body);
    expect(data).toEqual(providers.map(({ id }) => expect.objectContaining({ connection: id, health: 'unknown' })));
    await app.get('/v1/costs?provider=elastic');
    const after = listAnswerSchema.parse((await app.get('/v1/providers?provider=elastic')).body);
    expect(after.data).toMatchObject([{ connection: 'elastic', health: 'ok' }]);
    await app.close();
  });

  it('says of a vendor which telemetry and which bills it takes, and nothing of one that takes none', async () => {
    const app = await startApp(providers, { clock: workerClock });
    const { data } = listAnswerSchema.parse((await app.get('/v1/providers')).body);
    await app.close();
    const takes = data.map((each) => {
      const { telemetry, bills } = Object(Object(each).capabilities);
      return [Object(each).provider, telemetry, bills];
    });
    expect(Object.fromEntries(takes.map(([provider, ...rest]) => [provider, rest]))).toEqual({
      cloudzero: [
        ['unit-metric', 'allocation'],
        ['replace_drop', 'replace_hourly', 'sum'],
      ],
      elastic: [undefined, undefined],
      cloudspend: [undefined, undefined],
    });
  });
});
