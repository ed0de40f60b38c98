import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { described } from './described.ts';
import { verdictOf, workerReportSchema } from './report.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder in which every worker leaves what it has seen. */
    documentReports: string;
  }
}

/** Before the first worker and after the last: collects their reports, and judges the run where it was a whole one. */
const wholeRun = (project: TestProject): (() => Promise<void>) => {
  const folder = mkdtempSync(join(tmpdir(), 'vendor-documents-'));
  project.provide('documentReports', folder);
  return async () => {
    const reports = readdirSync(folder).map((file) =>
      workerReportSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
    );
    rmSync(folder, { recursive: true });
    const { testFiles } = await project.globTestFiles();
    const ran = new Set(reports.flatMap((each) => each.files));
    const isWhole = project.config.testNamePattern === undefined && testFiles.every((file) => ran.has(file));
    if (!isWhole) return;
    const { lines, faults } = verdictOf(described, reports);
    process.stdout.write(`\nHeld against the vendors' documents:\n${lines.map((line) => `  ${line}\n`).join('')}`);
    if (faults.length === 0) return;
    process.stderr.write(`${faults.map((fault) => `  ${fault}\n`).join('')}`);
    process.exitCode = 1;
  };
};

export default wholeRun;
