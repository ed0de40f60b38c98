import { afterAll, afterEach, expect, inject } from 'vitest';
import { refuseContradictions, report } from './recorder.ts';

/** Runs for every test file: what contradicts a vendor's document fails the test that caused it. */

afterEach(refuseContradictions);
afterAll(() => {
  report(inject('documentReports'), expect.getState().testPath ?? '');
  refuseContradictions();
});
