import { z } from 'zod';
import { compare, decimal, decimalText, parseDecimal } from '../../src/domain/decimal.ts';
import { budgetInputPeriods } from '../../src/domain/nouns.ts';
import { decimalParameter, freeText } from '../../src/server/operation/parameters.ts';

/** What a budget is to be, as it is sent. */

const zero = decimal('0');
const knownCurrencies = new Set(Intl.supportedValuesOf('currency'));

export const budgetLimit = z
  .strictObject({
    amount: decimalParameter
      .refine((text) => compare(decimal(text), zero) > 0, { error: 'must be above 0' })
      .meta({
        pattern: '^(0|[1-9]\\d*)(\\.\\d+)?$',
        description: 'A decimal string above 0, without exponent.',
        examples: ['25000.50'],
      }),
    currency: z
      .string()
      .refine((code) => knownCurrencies.has(code), {
        error: 'must be a currency code of ISO 4217 in capital letters, such as USD',
      })
      .meta({
        pattern: '^[A-Z]{3}$',
        description: 'ISO 4217 code, the one that the connection counts its costs in.',
        examples: ['USD'],
      }),
  })
  .meta({ description: 'What may be spent in one period.' });

const percentFault = 'must be a percentage from 1 to 1000, as a number or a decimal string, such as 80 or "87.5"';
const percentMin = decimal('1');
const percentMax = decimal('1000');
const plainDecimal = /^\d{1,4}(\.\d{1,6})?$/;

const thresholdPercent = z
  .unknown()
  .transform((given, context): string => {
    const text = typeof given === 'number' || typeof given === 'string' ? String(given) : '';
    const value = plainDecimal.test(text) ? parseDecimal(text) : null;
    if (value !== null && compare(value, percentMin) >= 0 && compare(value, percentMax) <= 0) return decimalText(value);
    context.addIssue(percentFault);
    return z.NEVER;
  })
  .meta({ type: ['number', 'string'], description: 'Part of the limit, from 1 to 1000.', examples: [80, '87.5'] });

const recipient = freeText({ max: 320 }).refine((text) => /^[^\s@]+@[^\s@]+$/.test(text), {
  error: 'must be an email address',
});

const alert = z.strictObject({
  thresholdPercent,
  recipients: z
    .array(recipient)
    .max(50, { error: 'must not be longer than 50' })
    .default([])
    .meta({ description: 'Who is mailed, where the vendor does that.' }),
});

const scopeValue = (what: string) => freeText({ max: 256 }).meta({ description: what }).optional();
const scope = z
  .strictObject({
    account: scopeValue('The account, as in cost rows.'),
    service: scopeValue('The service, as in cost rows.'),
    region: scopeValue('The region, as in cost rows.'),
    view: scopeValue('A view that is kept at the vendor.'),
    costCenter: scopeValue('The native id of a cost center.'),
  })
  .meta({ description: 'Whose cost counts; all of the connection when empty.' });

export const budgetFields = {
  name: freeText({ max: 200 }).meta({ description: 'What people call it.', examples: ['Core platform'] }),
  period: z.enum(budgetInputPeriods, { error: 'must be one of monthly, quarterly, annual' }),
  limit: budgetLimit,
  alerts: z.array(alert).max(20, { error: 'must not be longer than 20' }).default([]),
  scope: scope.default({}),
};

export const connectionId = freeText({ max: 100 }).meta({
  description: 'The id of the connection, as `GET /v1/providers` lists it.',
  examples: ['acme'],
});

/** The id of one budget, as a path parameter. */
export const budgetId = z.strictObject({
  id: z.string().meta({
    description: 'The id as it stands in answers, `<connection>:<native id>`, percent-encoded.',
    example: 'acme:b-1',
  }),
});
