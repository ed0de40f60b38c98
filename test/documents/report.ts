import { z } from 'zod';
import type { Described } from './described.ts';

const counts = z.record(z.string(), z.int());
export const workerReportSchema = z.object({
  files: z.array(z.string()),
  requests: counts,
  answers: counts,
  exceptions: counts,
});
export type WorkerReport = z.output<typeof workerReportSchema>;

const sum = (all: readonly Readonly<Record<string, number>>[]): Map<string, number> => {
  const total = new Map<string, number>();
  for (const [key, count] of all.flatMap((each) => Object.entries(each))) total.set(key, (total.get(key) ?? 0) + count);
  return total;
};

export interface Verdict {
  readonly lines: readonly string[];
  readonly faults: readonly string[];
}

/** What a whole run has checked, and what it should have used and did not. */
export const verdictOf = (described: readonly Described[], reports: readonly WorkerReport[]): Verdict => {
  const requests = sum(reports.map((each) => each.requests));
  const answers = sum(reports.map((each) => each.answers));
  const used = sum(reports.map((each) => each.exceptions));
  const dialects = described.flatMap(({ provider, documents }) => [
    ...new Set(documents.map((each) => `${provider}/${each.dialect}`)),
  ]);
  const rows = dialects.map((key) => ({ key, requests: requests.get(key) ?? 0, answers: answers.get(key) ?? 0 }));
  const idle = described.flatMap(({ provider, exceptions }) =>
    exceptions.map(({ name }) => `${provider}/${name}`).filter((key) => !used.has(key)),
  );
  return {
    lines: rows.map((row) => `${row.key}: ${row.requests} requests, ${row.answers} sandbox answers`),
    faults: [
      ...rows.filter((row) => row.requests === 0 || row.answers === 0).map((row) => `${row.key} was not exercised`),
      ...idle.map((key) => `the exception ${key} excused nothing; remove it from the exceptions of its document`),
    ],
  };
};
