import { describe, expect, it } from 'vitest';
import { answerOfWrite } from '../../../src/server/operation/write-answer.ts';
import { entrySchema } from '../../../src/services/writes/entry.ts';
import { repeatOutcome } from '../../../src/services/writes/outcome.ts';

const asked = {
  id: 'a',
  consumer: 'tester',
  operation: 'createBudget',
  requestId: 'r',
  fingerprint: 'f',
  startedAt: 0,
  attempt: '1',
};

describe('an entry that was stored as an HTTP answer', () => {
  it.each([
    { status: 201, headers: { location: '/v1/budgets/toy%3Ab-1' }, json: { data: { id: 'toy:b-1' } } },
    { status: 200, headers: {}, json: { data: { id: 'toy:b-1' } } },
    { status: 204 },
  ])('is repeated as it was ($status)', (answer) => {
    const entry = entrySchema.parse({ ...asked, state: 'done', outcome: { answer } });
    if (entry.state !== 'done') throw new TypeError('the entry is done');
    expect(answerOfWrite(repeatOutcome(entry.outcome), '/v1/budgets')).toEqual(answer);
  });
});
