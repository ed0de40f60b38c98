import { costsOf } from '../../support/answers.ts';
import type { RunningApp } from '../../support/app.ts';

export const question = { start: '2026-10-01', end: '2026-11-01', groupBy: 'service' };

/** The cursor after the first five rows of the question. */
export const cursorOfCosts = async (app: RunningApp): Promise<string> =>
  (await costsOf(app, { ...question, limit: '5' })).page.nextCursor ?? '';
