import { randomUUID } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sandboxAnswerChannel, sandboxAnswerSchema } from '../../src/vendor/sandbox/answered.ts';
import { sentRequestChannel, sentRequestSchema } from '../../src/vendor/upstream/transport/sent.ts';
import { described } from './described.ts';
import { type Contradiction, createJudge } from './judge.ts';
import type { WorkerReport } from './report.ts';

/** One for all test files of a worker: modules are evaluated once, so documents are compiled once. */

const judge = createJudge(described);
const files = new Set<string>();
/** By key: a page of rows is one sentence. */
const pending = new Map<string, string>();
const name = `${randomUUID()}.json`;

const note = (contradictions: readonly Contradiction[]): void => {
  for (const { key, sentence } of contradictions) pending.set(key, sentence);
};

subscribe(sentRequestChannel, (message) => note(judge.request(sentRequestSchema.parse(message))));
subscribe(sandboxAnswerChannel, (message) => note(judge.answer(sandboxAnswerSchema.parse(message))));

/** The violations since the last call. */
export const takeViolations = (): readonly string[] => {
  const found = [...pending.values()];
  pending.clear();
  return found;
};

/** What this worker has seen so far, for the end of the run. */
export const report = (folder: string, file: string): void => {
  files.add(file);
  const seen: WorkerReport = { files: [...files], ...judge.tally };
  writeFileSync(join(folder, name), JSON.stringify(seen));
};
