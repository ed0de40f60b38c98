import { expect, test } from 'vitest';
import type { Described } from './described.ts';
import { verdictOf, type WorkerReport } from './report.ts';

const described: Described[] = [
  {
    provider: 'acme',
    documents: [
      { dialect: 'new', read: () => ({}) },
      { dialect: 'old', read: () => ({}) },
    ],
    exceptions: [{ name: 'dates', reason: 'seen', on: 'answer', rule: 'format', at: /date/ }],
  },
];
const worker = (more: Partial<WorkerReport>): WorkerReport => ({
  files: [],
  requests: {},
  answers: {},
  exceptions: {},
  ...more,
});

test('what all workers have seen is added up by vendor and dialect', () => {
  const verdict = verdictOf(described, [
    worker({ requests: { 'acme/new': 2, 'acme/old': 1 }, answers: { 'acme/new': 3 }, exceptions: { 'acme/dates': 1 } }),
    worker({ requests: { 'acme/new': 5 }, answers: { 'acme/old': 4 } }),
  ]);
  expect(verdict).toEqual({
    lines: ['acme/new: 7 requests, 3 sandbox answers', 'acme/old: 1 requests, 4 sandbox answers'],
    faults: [],
  });
});

test('a dialect that nothing exercised and an exception that excused nothing are faults', () => {
  const verdict = verdictOf(described, [
    worker({ requests: { 'acme/new': 1, 'acme/old': 1 }, answers: { 'acme/new': 1 } }),
  ]);
  expect(verdict.faults).toEqual([
    'acme/old was not exercised',
    'the exception acme/dates excused nothing; remove it from the exceptions of its document',
  ]);
});
