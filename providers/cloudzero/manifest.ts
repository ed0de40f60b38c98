import { defineProvider, readOperations } from '../../src/vendor/kit/index.ts';
import { createCredentials } from './auth.ts';
import { createCapabilities } from './capabilities.ts';
import { currentDialect } from './dialect.ts';
import { documents } from './document/documents.ts';
import { readFailure } from './failures.ts';
import { probesFor } from './probes.ts';
import { costQuota, dimensionsRequest } from './requests.ts';
import { startCloudzeroSandbox } from './sandbox/sandbox.ts';
import { settingsSchema } from './settings.ts';

const dayMs = 86_400_000;

export const cloudzero = defineProvider({
  id: 'cloudzero',
  title: 'CloudZero',
  settings: settingsSchema,
  operations: () =>
    readOperations(
      new URL('./', import.meta.url),
      documents.map(({ file }) => file),
    ),
  connect: ({ apiKey, baseUrl, currency, dialect, costQueriesPerDay, timeout, telemetryRecordsPerSecond }) => ({
    identity: ['cloudzero', baseUrl, currency],
    // No setting names the organisation: the key alone tells whose figures these are.
    credentialIdentifies: true,
    origins: { api: baseUrl },
    credentials: createCredentials(apiKey),
    limits: {
      concurrency: 2,
      queue: 64,
      timeoutMs: timeout,
      // Nobody documents whether the vendor's day rolls or follows UTC; a rolling one satisfies both.
      quotas: [{ name: costQuota, limit: costQueriesPerDay, windowMs: dayMs }],
    },
    readFailure,
    capabilities: createCapabilities({ baseUrl, currency, dialect, telemetryRecordsPerSecond }),
    // Free in both dialects.
    check: async (session) => {
      await session.call(dimensionsRequest());
    },
    probes: probesFor(dialect),
    dialect: (session) => currentDialect(session, dialect),
  }),
  sandbox: startCloudzeroSandbox,
});
