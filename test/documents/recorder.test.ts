import { describe, expect, test } from 'vitest';
import { providers } from '../../providers/index.ts';
import { publishAnswer } from '../../src/vendor/sandbox/answered.ts';
import { publishSent } from '../../src/vendor/upstream/transport/sent.ts';
import { refuseContradictions } from './recorder.ts';

/** These contradict on purpose, and take the error before the hook of every test does. */
describe.each(providers)('what contradicts the document of $id', ({ id }) => {
  test('fails the test that sends it', () => {
    publishSent(id, { operation: 'x', method: 'GET', path: '/nowhere', effect: 'read' }, {});
    expect(refuseContradictions).toThrow(`${id} request, no operation`);
    expect(refuseContradictions).not.toThrow();
  });

  test('fails the test whose sandbox answers it', () => {
    const request = { method: 'GET', path: '/nowhere', query: [], contentType: null, body: '' };
    const answer = { request, status: 200, contentType: 'application/json', body: '{}' };
    publishAnswer({ provider: id }, () => answer);
    publishAnswer({ provider: id }, () => answer);
    expect(refuseContradictions).toThrow(`${id} sandbox answer, no operation 200`);
  });
});

test('what a vendor without a document is asked and answers is left alone', () => {
  publishSent('toy', { operation: 'x', method: 'GET', path: '/nowhere', effect: 'read' }, {});
  expect(refuseContradictions).not.toThrow();
});
