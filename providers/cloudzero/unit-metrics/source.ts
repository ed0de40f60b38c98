import { Failure, type UnitMetricSource } from '../../../src/vendor/kit/index.ts';
import { determineDialect } from '../dialect.ts';
import { probeInsights } from '../insights/dialect.ts';
import type { AnswerSettings } from '../settings.ts';
import { metricQuantities } from './normalise.ts';
import { metricRecordsRequest } from './requests.ts';

/** Only the live dialect can read what was sent. */
export const createUnitMetricSource = (settings: Pick<AnswerSettings, 'baseUrl' | 'dialect'>): UnitMetricSource => ({
  read: async (session, stream) => {
    const dialect = await determineDialect(session, settings.dialect, (each) => probeInsights(session, settings, each));
    if (dialect === 'published') {
      throw new Failure('capability-unsupported', {
        public: 'This CloudZero organisation takes unit metrics, but has no way to read them.',
      });
    }
    return metricQuantities((await session.call(metricRecordsRequest(stream))).json, stream);
  },
});
