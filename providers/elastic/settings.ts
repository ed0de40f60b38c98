import { z } from 'zod';
import { baseUrlSetting, secretSetting, textSetting, timeoutSetting } from '../../src/vendor/kit/index.ts';
import { ecuPriceListSchema } from './prices.ts';

export const settingsSchema = z.object({
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
      description:
        'Currency in which an ECU is priced; one ECU counts as 1.00 of it unless prices are given or invoiced.',
      fallback: 'USD',
    },
    z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters, such as USD'),
  ),
  timeout: timeoutSetting(),
  ecuPrices: ecuPriceListSchema.optional().meta({
    environment: null,
    description:
      'What one ECU costs by contract, each price from the first day of a month on: [{ from: "2026-01-01", price: "0.95" }].',
  }),
});
