import { describe, expect, it } from 'vitest';
import { buildDocument } from '../../openapi/document.ts';
import { operations } from '../../routes/index.ts';
import { problemKinds } from '../../src/domain/failure/problem-kinds.ts';
import { type ParsedOperation, parseDocument } from './parsed-document.ts';

const document = parseDocument(buildDocument(operations));
const each = document.operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const);
const scopeOf = (operation: ParsedOperation): string | null => operation['x-scope'] ?? null;

const always = ['X-Request-Id', 'Cache-Control'];
const ofReads = ['ETag', 'Cache-Status', 'Age', 'Vary'];
const ofLimits = ['RateLimit', 'RateLimit-Policy'];
const ofCsv = ['Link', 'Cost-Gateway-Complete', 'Cost-Gateway-Missing'];

describe.each(each)('%s', (_name, operation) => {
  const { responses, method } = operation;
  const scope = scopeOf(operation);
  const isRead = method === 'GET' && scope === 'read';
  const headersOf = (status: string): string[] => Object.keys(responses[status]?.headers ?? {});
  const taken = operation.parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name);

  it('names the headers of every answer', () => {
    for (const [status, { content = {} }] of Object.entries(responses)) {
      const success = Number(status) < 400;
      const due = [
        ...always,
        ...(success && isRead ? ofReads : []),
        ...(scope === null ? [] : ofLimits),
        ...(status === '201' || status === '202' ? ['Location'] : []),
        ...(content['text/csv'] === undefined ? [] : ofCsv),
        ...(status === '401' ? ['WWW-Authenticate'] : []),
        ...(status === '429' || status === '503' ? ['Retry-After'] : []),
      ];
      expect(headersOf(status).sort(), status).toEqual(due.sort());
    }
  });

  it('takes the headers that mean something to it, and has a 304 where a tag may be sent', () => {
    expect(taken).toContain('X-Request-Id');
    expect(taken.includes('X-Deadline-Ms')).toBe(scope !== null);
    expect(taken.includes('If-None-Match')).toBe(isRead);
    expect(taken.includes('Cache-Control')).toBe(isRead);
    expect(taken.includes('Idempotency-Key')).toBe(scope === 'write');
    expect(responses['304'] !== undefined).toBe(isRead);
    expect(responses['304']?.content).toBe(undefined);
  });

  it('says which scope it needs, in words and for machines', () => {
    expect(operation.description.includes(`Needs the scope \`${scope}\`.`)).toBe(scope !== null);
    expect(operation.security.length).toBe(scope === null ? 0 : 2);
  });

  it('closes the kinds of problem of each status', () => {
    const failing = Object.entries(responses).filter(([status]) => Number(status) >= 400);
    expect(failing.length).toBeGreaterThan(2);
    for (const [status, { content = {} }] of failing) {
      const text = JSON.stringify(content['application/problem+json']?.schema);
      const kinds = [...text.matchAll(/\/problems\/([\w-]+)/g)].map(([, kind = '']) => kind);
      expect(kinds.length, status).toBeGreaterThan(0);
      for (const kind of kinds)
        expect(Object.entries(problemKinds).find(([name]) => name === kind)?.[1].status, kind).toBe(Number(status));
    }
  });
});
