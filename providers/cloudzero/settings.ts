import { z } from 'zod';
import { baseUrlSetting, secretSetting, textSetting, timeoutSetting } from '../../src/vendor/kit/index.ts';
import { dialectSettings } from './dialect.ts';

export const settingsSchema = z.object({
  apiKey: secretSetting({
    environment: 'CLOUDZERO_API_KEY',
    description: 'API key with the scopes billing:read_costs, billing:read_dimensions and budgets:read_budgets.',
  }),
  baseUrl: baseUrlSetting({
    environment: 'CLOUDZERO_BASE_URL',
    description: 'Where the CloudZero API answers.',
    fallback: 'https://api.cloudzero.com',
  }),
  currency: textSetting(
    {
      environment: 'CLOUDZERO_CURRENCY',
      description: 'The currency of the amounts; no answer of CloudZero names one.',
      fallback: 'USD',
    },
    z
      .string()
      .regex(/^[A-Za-z]{3}$/, 'must be three letters')
      .transform((text) => text.toUpperCase()),
  ),
  // Longer than the vendor's own timeout of 30 s, so that its answer still arrives.
  timeout: timeoutSetting(35),
  dialect: z.enum(dialectSettings).default('auto').meta({
    environment: 'CLOUDZERO_DIALECT',
    description: 'Which of its two descriptions the API follows; auto finds out with one free call.',
    fallback: 'auto',
  }),
  costQueriesPerDay: z
    .union([z.string(), z.number()])
    .transform((value) => String(value))
    .pipe(z.string().regex(/^([1-9]|[1-5][0-9]|60)$/, 'must be a whole number from 1 to 60'))
    .transform(Number)
    .default(60)
    .meta({
      environment: 'CLOUDZERO_COST_QUERIES_PER_DAY',
      description: 'How many cost queries may leave in any 24 hours; CloudZero allows 60.',
      fallback: '60',
    }),
  telemetryRecordsPerSecond: z
    .union([z.string(), z.number()])
    .transform((value) => String(value))
    .pipe(z.string().regex(/^[1-9]\d{0,5}$/, 'must be a whole number from 1 to 999999'))
    .transform(Number)
    .default(100)
    .meta({
      environment: 'CLOUDZERO_TELEMETRY_RECORDS_PER_SECOND',
      description: 'How many telemetry records are sent in a second; CloudZero allows 100, and more in a burst.',
      fallback: '100',
    }),
});
type Settings = z.output<typeof settingsSchema>;

/** What reading an answer depends on. */
export type AnswerSettings = Pick<Settings, 'baseUrl' | 'currency' | 'dialect' | 'telemetryRecordsPerSecond'>;
