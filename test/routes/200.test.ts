import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { providers } from '../../providers/index.ts';
import { authenticator } from '../../src/server/identity/caller-auth.ts';
import { problemOf } from '../support/answers.ts';
import { startApp } from '../support/app.ts';
import { toy } from '../support/toy-provider.ts';
import { lists } from './shared/operation.ts';
import { workerClock } from './shared/worker-app.ts';

describe('200 of every list', () => {
  it('shows neither the rows nor the names of connections that the caller may not see', async () => {
    const digest = createHash('sha256').update('key').digest('hex');
    const keys = [{ name: 'narrow', digest, scopes: ['read' as const], connections: ['toy'] }];
    const app = await startApp([...providers, toy], {
      clock: workerClock,
      authenticate: authenticator({ mode: 'keys', clock: workerClock, keys }),
    });
    const headers = { 'x-api-key': 'key' };
    for (const { path } of lists) {
      const { text, status } = await app.get(path, headers);
      expect(status, path).toBe(200);
      for (const { id } of providers) expect(text, path).not.toContain(`"${id}"`);
    }
    const { problem } = await problemOf(app, '/v1/costs?provider=elastic', headers);
    expect(problem.errors).toEqual([{ path: 'query.provider', message: 'elastic is not known; known are toy' }]);
    await app.close();
  });
});
