import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildDocument, documentText } from '../../openapi/document.ts';
import { pages } from '../../openapi/serve.ts';
import { describeRoutes } from '../../openapi/served-document.ts';
import { Failure, failureKinds } from '../../src/domain/failure/failure.ts';
import type { LandingConnection } from '../../web/landing.ts';
import { converse, statusesIn } from '../server/operation/raw-socket.ts';
import { create, echo } from '../server/operation/toy-operations.ts';
import { startApp } from '../support/app.ts';

const operations = [echo, create];
const document = buildDocument(operations);
let connections: LandingConnection[] | null = [];
const { server: app, close } = await startApp([], {
  operations,
  authenticate: () => {
    throw new Failure('unauthenticated', { public: 'Who?' });
  },
  prepare: (server) => describeRoutes(server, operations),
  extend: (server) => {
    server.register(pages, { landing: () => ({ connections, version: '1.2.3' }) });
  },
});
afterAll(close);

const policyOf = (headers: Record<string, unknown>) => String(headers['content-security-policy']);
/** What a page would load; links that a reader may follow are not loaded. */
const loadedBy = (html: string): string[] =>
  [...html.matchAll(/<(?:script|link|img|iframe|source)\b[^>]*?\b(?:src|href)="([^"]*)"/g)].map(
    (match) => match[1] ?? '',
  );

it('finds nothing under *, although pages are served', async () => {
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const received = await converse(Number(new URL(url).port), 'GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(statusesIn(received)).toEqual([404]);
  expect(received).toContain('/problems/not-found');
});

describe('the document', () => {
  it('is served as JSON, equal to what is committed', async () => {
    const answer = await app.inject('/openapi.json');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.body).toBe(documentText(document));
  });

  it('is served as YAML that says the same', async () => {
    const answer = await app.inject('/openapi.yaml');
    expect(answer.headers['content-type']).toBe('application/yaml; charset=utf-8');
    expect(parse(answer.body)).toEqual(JSON.parse(documentText(document)));
    expect(answer.body).not.toMatch(/: [&*]a\d/);
  });

  it('has a strong ETag for each coding, and answers 304 to it', async () => {
    const seen = new Set<string>();
    for (const [coding, decode] of [
      ['identity', (bytes: Buffer) => bytes],
      ['gzip', gunzipSync],
      ['br', brotliDecompressSync],
    ] as const) {
      const headers = { 'accept-encoding': coding };
      const answer = await app.inject({ url: '/openapi.json', headers });
      const etag = String(answer.headers.etag);
      expect(etag).toMatch(/^"[\w-]+"$/);
      seen.add(etag);
      expect(answer.headers.vary).toContain('Accept-Encoding');
      expect(decode(answer.rawPayload).toString()).toBe(documentText(document));
      const again = await app.inject({ url: '/openapi.json', headers: { ...headers, 'if-none-match': etag } });
      expect(again.statusCode).toBe(304);
      expect(again.body).toBe('');
    }
    expect(seen.size).toBe(3);
    const refused = await app.inject({ url: '/openapi.json', headers: { 'accept-encoding': 'br;q=0, gzip;q=0.0' } });
    expect(refused.headers['content-encoding']).toBeUndefined();
  });
});

describe('the API reference', () => {
  it('loads nothing but files of our own, and runs no inline script', async () => {
    const answer = await app.inject('/docs');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    const loaded = loadedBy(answer.body);
    expect(loaded).toEqual(['data:,', '/docs/reference.js', '/docs/start.js']);
    expect(answer.body).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(policyOf(answer.headers)).toContain("script-src 'self';");
    expect(policyOf(answer.headers)).not.toMatch(/https?:/);
    for (const path of loaded.slice(1)) expect((await app.inject(path)).statusCode, path).toBe(200);
  });

  it('brings its script along and switches off what calls elsewhere', async () => {
    const script = await app.inject('/docs/reference.js');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(script.body.length).toBeGreaterThan(100_000);
    expect(script.body).toContain('createApiReference');
    const begin = await app.inject('/docs/start.js');
    expect(begin.body).toContain('"url":"/openapi.json"');
    expect(begin.body).toContain('"telemetry":false');
    expect(begin.body).toContain('"withDefaultFonts":false');
    expect(begin.body).not.toContain('http');
  });
});

describe('the pages of problems', () => {
  it('exist for every kind, and the index', async () => {
    expect((await app.inject('/problems/')).statusCode).toBe(200);
    for (const kind of failureKinds) {
      const answer = await app.inject(`/problems/${kind}`);
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(loadedBy(answer.body)).toEqual(['data:,', '/assets/style.css']);
    }
  });

  it('are a 404 problem for anything else', async () => {
    for (const kind of ['nope', '__proto__', 'constructor', '%3Cscript%3E']) {
      const answer = await app.inject(`/problems/${kind}`);
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['content-type']).toBe('application/problem+json');
    }
  });
});

describe('the first page', () => {
  it('shows each connection and its health, escaped, and no figure', async () => {
    connections = [
      { id: 'one', title: 'One & <Only>', health: 'degraded', sandbox: true },
      { id: '"><script>', title: "T'wo", health: 'down', sandbox: false },
      { id: 'three', title: 'Three', health: 'unknown', sandbox: false },
    ];
    const answer = await app.inject('/');
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('One &amp; &lt;Only&gt;');
    expect(answer.body).toContain('&quot;&gt;&lt;script&gt;');
    expect(answer.body).toContain('degraded');
    expect(answer.body).toContain('<span class="health unknown">not yet proven</span>');
    expect(answer.body.match(/class="badge"/g)).toHaveLength(1);
    expect(answer.body).not.toMatch(/<script|<style|style=/);
    expect(loadedBy(answer.body)).toEqual(['data:,', '/assets/style.css']);
  });

  it('says so when there is none, and links to what there is', async () => {
    connections = [];
    const { body } = await app.inject('/');
    expect(body).toContain('No connection is configured.');
    for (const path of ['/docs', '/openapi.json', '/v1/providers', '/problems/'])
      expect(body).toContain(`href="${path}"`);
  });

  it('names no connection where callers have to prove who they are, and says where to ask', async () => {
    connections = null;
    const { body } = await app.inject('/');
    expect(body).toContain('with your key for the connections and their health');
    expect(body).not.toContain('class="cards"');
  });

  it('has its style sheet', async () => {
    const answer = await app.inject('/assets/style.css');
    expect(answer.headers['content-type']).toBe('text/css; charset=utf-8');
    expect(answer.body).not.toMatch(/@import|https?:/);
  });
});

describe('every open page', () => {
  it.each(['/', '/docs', '/openapi.json', '/openapi.yaml', '/problems/', '/assets/style.css'])(
    'needs no credential, may be asked as HEAD, and takes nothing else: %s',
    async (url) => {
      expect((await app.inject(url)).statusCode).toBe(200);
      const head = await app.inject({ method: 'HEAD', url });
      expect([head.statusCode, head.body]).toEqual([200, '']);
      const post = await app.inject({ method: 'POST', url });
      expect([post.statusCode, post.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
    },
  );
});
