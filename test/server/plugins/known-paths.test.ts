import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../src/server/plugins/framework-failures.ts';
import { KnownPaths } from '../../../src/server/plugins/known-paths.ts';

const known = new KnownPaths();
known.add('/', ['GET']);
known.add('/v1/budgets', ['GET', 'HEAD']);
known.add('/v1/budgets', ['POST']);
known.add('/v1/budgets/:id', ['PUT']);
known.add('/v1/budgets/:id/history', ['GET']);
known.add('/native/:connection/*', ['GET', 'POST']);

describe('the methods of a path', () => {
  it.each([
    ['/', ['GET', 'OPTIONS']],
    ['/v1/budgets?x=/y', ['GET', 'HEAD', 'OPTIONS', 'POST']],
    ['/v1/%62udgets', ['GET', 'HEAD', 'OPTIONS', 'POST']],
    ['/v1/budgets/a%2Fb', ['OPTIONS', 'PUT']],
    ['/v1/budgets/a/history', ['GET', 'OPTIONS']],
    ['/native/x/a/b/c', ['GET', 'OPTIONS', 'POST']],
    ['/v1/budgets/', []],
    ['/v1/budgets/a/b', []],
    ['/native/x', []],
    ['/nope', []],
    ['/v1/%FF', []],
    ['', []],
  ])('%s', (url, methods) => {
    expect(known.methodsOf(url)).toEqual(methods);
  });
});

describe('what a framework throws', () => {
  it('becomes a Failure whose sentence is ours', () => {
    const thrown = Object.assign(new Error('Body of hunter2'), { statusCode: 413, code: 'SOMETHING' });
    expect(failureOf(thrown).kind).toBe('payload-too-large');
    expect(failureOf(thrown).details.public).not.toContain('hunter2');
    expect(failureOf(Object.assign(new Error('x'), { statusCode: 418 })).kind).toBe('internal');
    expect(failureOf('text').kind).toBe('internal');
    expect(failureOf(null).kind).toBe('internal');
  });
});
