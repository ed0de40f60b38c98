import { z } from 'zod';
import { baseUrlSetting, defineProvider, secretSetting, textSetting } from '../../src/vendor/kit/index.ts';
import { apiKeyCredentials } from './auth.ts';
import { capabilities } from './capabilities.ts';
import { readFailure } from './failures.ts';
import { ecuPriceListSchema, pricesText, readPrices } from './prices.ts';
import { startElasticSandbox } from './sandbox/sandbox.ts';

export const elastic = defineProvider({
  id: 'elastic',
  title: 'Elastic Cloud',
  settings: z.object({
    apiKey: secretSetting({
      environment: 'ELASTIC_API_KEY',
      description: 'API key of Elastic Cloud, in its encoded form, with the role Billing admin.',
    }),
    organizationId: z
      .string()
      .max(128, 'is too long')
      .regex(/^[A-Za-z0-9_-]+$/, 'may hold letters, digits, - and _ only')
      .meta({
        environment: 'ELASTIC_ORGANIZATION_ID',
        description: 'Id of the organization whose bill is read; it stands in the console under Organization.',
      }),
    baseUrl: baseUrlSetting({
      environment: 'ELASTIC_BASE_URL',
      description: 'Where the Cloud Billing API is reached.',
      fallback: 'https://cloud.elastic.co',
    }),
    ecuCurrency: textSetting(
      {
        environment: 'ELASTIC_ECU_CURRENCY',
        description: 'Currency in which an ECU is priced; one ECU counts as 1.00 of it unless prices are given.',
        fallback: 'USD',
      },
      z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters, such as USD'),
    ),
    ecuPrices: ecuPriceListSchema.optional().meta({
      environment: null,
      description:
        'What one ECU costs by contract, each price from the first day of a month on: [{ from: "2026-01-01", price: "0.95" }].',
    }),
  }),
  connect: (settings) => {
    const prices = readPrices(settings.ecuCurrency, settings.ecuPrices ?? []);
    return {
      identity: ['elastic', settings.baseUrl, settings.organizationId, settings.ecuCurrency, pricesText(prices)],
      origins: { api: settings.baseUrl },
      credentials: apiKeyCredentials(settings.apiKey),
      limits: { concurrency: 6, queue: 512, timeoutMs: 8_000, quotas: [] },
      readFailure,
      capabilities: capabilities(settings.organizationId, prices),
    };
  },
  sandbox: startElasticSandbox,
});
