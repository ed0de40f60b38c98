import { defineProvider, readOperations } from '../../src/vendor/kit/index.ts';
import { createCredentials } from './auth.ts';
import { capabilities } from './capabilities.ts';
import { connecting } from './connect/connecting.ts';
import { edition } from './display-currency.ts';
import { readFailure } from './failures.ts';
import { probesFor } from './probes.ts';
import { availableRangeRequest, callsPerOperation } from './requests.ts';
import { startCloudspendSandbox } from './sandbox/sandbox.ts';
import { originsOf, settingsSchema } from './settings.ts';

export const cloudspend = defineProvider({
  id: 'cloudspend',
  title: 'ManageEngine CloudSpend',
  settings: settingsSchema,
  connecting,
  // Those of the accounts server hand out credentials and are not offered.
  operations: () => readOperations(new URL('./', import.meta.url), ['catalogue.json']),
  connect: (settings) => {
    const origins = originsOf(settings);
    return {
      identity: ['cloudspend', origins.api],
      // Nothing names the organisation but the refresh token.
      credentialIdentifies: true,
      origins,
      credentials: createCredentials(settings, origins.accounts),
      limits: {
        concurrency: 4,
        queue: 512,
        timeoutMs: settings.timeout,
        quotas: [{ ...callsPerOperation, limit: settings.callsPerOperation }],
      },
      check: async (session) => {
        await session.call(availableRangeRequest());
      },
      probes: probesFor(settings.dataCenter),
      readFailure,
      capabilities,
      edition,
    };
  },
  sandbox: startCloudspendSandbox,
});
