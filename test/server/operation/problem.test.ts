import { describe, expect, it } from 'vitest';
import { Failure, failureKinds } from '../../../src/domain/failure/failure.ts';
import { problemOf, problemSchema } from '../../../src/domain/failure/problem.ts';
import { problemKinds } from '../../../src/domain/failure/problem-kinds.ts';
import { isFailureKind, problemIndexPage, problemPage } from '../../../src/server/plugins/problem-pages.ts';

const request = { instance: '/v1/costs', requestId: 'r1' };

describe('a problem', () => {
  it('has an error status, a title and an explanation of two to four sentences for every kind', () => {
    for (const kind of failureKinds) {
      const { status, title, explanation } = problemKinds[kind];
      expect(status, kind).toBeGreaterThanOrEqual(400);
      expect(title, kind).not.toBe('');
      const sentences = explanation.match(/[.!?](\s|$)/g) ?? [];
      expect(sentences.length, kind).toBeGreaterThanOrEqual(2);
      expect(sentences.length, kind).toBeLessThanOrEqual(4);
    }
  });

  it('shows the public sentence and never the internal one or the cause', () => {
    const failure = new Failure('vendor-malformed', {
      public: 'The answer could not be read.',
      internal: 'row 3 held hunter2',
      cause: new TypeError('hunter2'),
    });
    const problem = problemOf(failure, request);
    expect(problem).toEqual({
      type: '/problems/vendor-malformed',
      title: 'The answer of the vendor could not be read',
      status: 502,
      detail: 'The answer could not be read.',
      instance: '/v1/costs',
      requestId: 'r1',
    });
    expect(problemSchema.safeParse(problem).success).toBe(true);
  });

  it('rounds the wait up to whole seconds', () => {
    const failure = new Failure('vendor-throttled', { public: 'Wait.', retryAfterMs: 1_001 });
    expect(problemOf(failure, request).retryAfterSeconds).toBe(2);
  });

  it('names at most 250 faults, each of them shortened', () => {
    const errors = Array.from({ length: 400 }, (_, index) => ({ path: `body.${index}`, message: 'x'.repeat(2_000) }));
    const problem = problemOf(new Failure('invalid-request', { public: 'No.', errors }), request);
    expect(problem.errors).toHaveLength(250);
    expect(problem.errors?.[0]?.message.length).toBeLessThan(600);
  });
});

describe('the pages of problems', () => {
  it('explain every kind, and the index links to all of them', () => {
    const index = problemIndexPage();
    for (const kind of failureKinds) {
      expect(index).toContain(`href="/problems/${kind}"`);
      expect(problemPage(kind)).toContain(String(problemKinds[kind].status));
    }
  });

  it('hold no inline script or style and set code as code', () => {
    for (const html of [problemIndexPage(), ...failureKinds.map(problemPage)]) {
      expect(html).not.toMatch(/<script|<style|style=|\son\w+=/);
      expect(html).not.toContain('`');
    }
  });

  it('exist for kinds and nothing else', () => {
    expect(isFailureKind('not-found')).toBe(true);
    expect(isFailureKind('__proto__')).toBe(false);
    expect(isFailureKind('toString')).toBe(false);
  });
});
