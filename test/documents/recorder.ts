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

/** Throws for what has contradicted a document since the last call, so that the test that caused it fails. */
export const refuseContradictions = (): void => {
  const found = [...pending.values()];
  pending.clear();
  if (found.length > 0) throw new Error(`contradicts the vendor's document:\n${found.join('\n')}`);
};

/** What this worker has seen so far, for the end of the run. */
export const report = (folder: string, file: string): void => {
  files.add(file);
  const seen: WorkerReport = { files: [...files], ...judge.tally };
  writeFileSync(join(folder, name), JSON.stringify(seen));
};
