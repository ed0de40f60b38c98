import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest. Started first, they run beside all the others instead of after them. */
const slow = [
  'test/fuzz/fuzz.test.ts',
  'test/providers/broken-fills.test.ts',
  'test/journeys/process.test.ts',
  'test/openapi/lint.test.ts',
  'test/faults/chaos.test.ts',
  'test/faults/kill.test.ts',
  'test/faults/load.test.ts',
  'providers/elastic/progress.test.ts',
  'test/faults/replicas.test.ts',
  'test/providers/conformance.test.ts',
  'test/vendor/kit/json-in-turns.test.ts',
  'test/client/package.test.ts',
  'test/openapi/answers.test.ts',
  'test/services/anomaly/sandbox.test.ts',
  'providers/cloudzero/costs.test.ts',
  'providers/elastic/charts/charts.test.ts',
];

const rank = ({ moduleId }: TestSpecification): number => {
  const place = slow.findIndex((path) => moduleId.endsWith(path));
  return place === -1 ? slow.length : place;
};

/** Vitest knows durations only from an earlier run; a fresh clone has none and would start the largest files first. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((left, right) => rank(left) - rank(right));
  }
}
