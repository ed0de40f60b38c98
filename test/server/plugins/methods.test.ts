import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pages } from '../../../openapi/serve.ts';
import { describeRoutes } from '../../../openapi/served-document.ts';
import { operations } from '../../../routes/index.ts';
import { type RunningApp, startApp } from '../../support/app.ts';

let app: RunningApp;
const templates = new Map<string, Set<string>>();
beforeAll(async () => {
  app = await startApp([], {
    prepare: (server) => describeRoutes(server, operations),
    extend: (server) => {
      server.addHook('onRoute', ({ url, method }) => {
        const methods = templates.get(url) ?? new Set();
        for (const name of [method].flat()) methods.add(name);
        templates.set(url, methods);
      });
      server.register(pages, {
        landing: () => ({ connections: [], version: '0' }),
      });
    },
  });
  for (const { path, method } of operations) {
    const url = path.replaceAll(/\{\w+\}/g, ':id');
    const methods = templates.get(url) ?? new Set();
    templates.set(url, methods.add(method).add(method === 'GET' ? 'HEAD' : method));
  }
});
afterAll(() => app.close());

const each = () => [...templates].map(([url, methods]) => ({ path: url.replaceAll(/:\w+/g, 'internal'), methods }));

describe('every route', () => {
  it('answers OPTIONS with the methods that it takes, without a credential', async () => {
    expect(each().length).toBeGreaterThan(20);
    for (const { path, methods } of each()) {
      const answer = await app.server.inject({ method: 'OPTIONS', url: path });
      expect(answer.statusCode, path).toBe(204);
      expect(String(answer.headers.allow).split(', '), path).toEqual(expect.arrayContaining([...methods, 'OPTIONS']));
      expect(answer.body).toBe('');
    }
  });

  it('answers HEAD as GET without the body', async () => {
    for (const { path, methods } of each()) {
      if (!methods.has('GET')) continue;
      const got = await app.server.inject({ method: 'GET', url: path });
      const head = await app.server.inject({ method: 'HEAD', url: path });
      expect(head.statusCode, path).toBe(got.statusCode);
      expect(head.body, path).toBe('');
      if (got.statusCode === 200 && path !== '/metrics') {
        expect(head.headers['content-length'], path).toBe(got.headers['content-length']);
      }
    }
  });

  it('refuses what it does not take with 405, and says what it takes', async () => {
    for (const { path, methods } of each()) {
      if (methods.has('PUT')) continue;
      const answer = await app.server.inject({ method: 'PUT', url: path });
      expect(answer.statusCode, path).toBe(405);
      expect(String(answer.headers.allow).split(', ')).not.toContain('PUT');
    }
  });
});
