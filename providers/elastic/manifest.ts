import { addDays } from '../../src/domain/day.ts';
import { defineProvider, readOperations } from '../../src/vendor/kit/index.ts';
import { createCredentials } from './auth.ts';
import { createCapabilities } from './capabilities.ts';
import { documents } from './document/documents.ts';
import { concurrencyMax } from './each-day.ts';
import { readFailure } from './failures.ts';
import { createPriceSource } from './invoices/price-source.ts';
import { editionOf, pricesText, readPrices } from './prices.ts';
import { probesFor } from './probes.ts';
import { startElasticSandbox } from './sandbox/sandbox.ts';
import { settingsSchema } from './settings.ts';
import { readWindow } from './windows.ts';

export const elastic = defineProvider({
  id: 'elastic',
  title: 'Elastic Cloud',
  settings: settingsSchema,
  operations: () =>
    readOperations(
      new URL('./', import.meta.url),
      documents.map(({ file }) => file),
    ),
  connect: (settings) => {
    const prices = readPrices(settings.ecuCurrency, settings.ecuPrices ?? []);
    const priceSource = createPriceSource(settings.organizationId, prices);
    return {
      identity: ['elastic', settings.baseUrl, settings.organizationId, settings.ecuCurrency, pricesText(prices)],
      origins: { api: settings.baseUrl },
      credentials: createCredentials(settings.apiKey),
      limits: { concurrency: concurrencyMax, queue: 512, timeoutMs: settings.timeout, quotas: [] },
      readFailure,
      capabilities: createCapabilities(settings.organizationId, settings.ecuCurrency, priceSource),
      probes: probesFor(settings.organizationId),
      edition: priceSource.edition,
      editionOf,
      check: async (session) => {
        if (await priceSource.check(session)) return;
        const end = session.today();
        await readWindow(session, settings.organizationId, { start: addDays(end, -1), end, where: '' }, false);
      },
    };
  },
  sandbox: startElasticSandbox,
});
