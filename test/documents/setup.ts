import { afterAll, afterEach, expect, inject } from 'vitest';
import { report, takeViolations } from './recorder.ts';

/** Runs for every test file: what contradicts a vendor's document fails the test that caused it. */

const refuse = (): void => {
  const found = takeViolations();
  if (found.length > 0) throw new Error(`contradicts the vendor's document:\n${found.join('\n')}`);
};

afterEach(refuse);
afterAll(() => {
  report(inject('documentReports'), expect.getState().testPath ?? '');
  refuse();
});
