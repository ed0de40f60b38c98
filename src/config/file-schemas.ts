import { z } from 'zod';
import { readDay } from '../domain/day.ts';
import { type Decimal, decimalText, isNegative, isPositive, parseDecimal } from '../domain/decimal.ts';
import { isDimension } from '../domain/dimension.ts';
import { type ExportOperation, exportOperations } from '../domain/export.ts';
import {
  type BudgetInput,
  budgetInputPeriods,
  type ExchangeRate,
  type MonitorInput,
  sensitivities,
} from '../domain/nouns.ts';

/** Schemas of the sections of the connections file other than connections. Every scalar is read as text. */

const idPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
export const idSchema = z
  .string('must be a text')
  .regex(idPattern, 'must be 1 to 63 of a-z, 0-9 and -, not beginning with -');

const boundedText = (max: number) =>
  z
    .string('must be a text')
    .trim()
    .min(1, 'is empty; leave it out or give a value')
    .max(max, `must not be longer than ${max} characters`)
    .regex(/^\P{Cc}*$/u, 'must not hold control characters');

const connection = z.string('must be a text').meta({ description: 'Id of a connection.' });

/** The metadata lets editors accept `80` as well as `"80"`; the value is always read as text. */
const decimalInput = (rule: string, isLegal: (value: Decimal) => boolean) =>
  z
    .string('must be a decimal')
    .transform((written, context) => {
      const value = /[eE]/.test(written) ? null : parseDecimal(written);
      if (value !== null && isLegal(value)) return decimalText(value);
      context.addIssue(`must be ${rule}`);
      return z.NEVER;
    })
    .meta({ type: ['string', 'number'] });

const isNotNegative = (value: Decimal): boolean => !isNegative(value);

const currency = z.string('must be a text').regex(/^[A-Z]{3}$/, 'must be three capital letters, such as USD');

const moneyInput = (rule: string, isLegal: (value: Decimal) => boolean) =>
  z.strictObject({ amount: decimalInput(rule, isLegal), currency }, 'must be an amount and a currency');

const dayInput = z
  .string('must be a day')
  .refine((written) => readDay(written) !== null, 'must be a day such as 2026-01-01')
  .meta({ format: 'date' });

const dimension = z
  .string('must be a text')
  .refine(isDimension, 'must be account, service, region, category, resource or tag:<key>');

const scopeInput = z.strictObject(
  {
    account: boundedText(256).optional(),
    service: boundedText(256).optional(),
    region: boundedText(256).optional(),
    view: boundedText(256).optional(),
    costCenter: boundedText(256).optional(),
  },
  'must be a map',
);

const alertInput = z.strictObject(
  {
    thresholdPercent: decimalInput('a percentage above 0, such as 80', isPositive),
    recipients: z.array(z.string(), 'must be a list').max(0, 'must be left out: the gateway sends no mail').default([]),
  },
  'must be a map with thresholdPercent',
);

interface Defined {
  readonly id: string;
  readonly connection: string;
}

export type BudgetDefinition = BudgetInput & Defined;

export const budgetDefinitionSchema = z
  .strictObject(
    {
      id: idSchema,
      connection,
      name: boundedText(200),
      period: z.enum(budgetInputPeriods, 'must be monthly, quarterly or annual'),
      limit: moneyInput('a decimal above 0, such as 25000.50', isPositive),
      alerts: z.array(alertInput, 'must be a list').max(20, 'must not be longer than 20').default([]),
      scope: scopeInput.default({}),
    },
    'must be a map',
  )
  .meta({ description: 'A budget that the gateway itself keeps.' });

export type MonitorDefinition = MonitorInput & Defined;

export const monitorDefinitionSchema = z
  .strictObject(
    {
      id: idSchema,
      connection,
      name: boundedText(200),
      description: boundedText(2_000).nullable().default(null),
      filters: z
        .partialRecord(
          dimension,
          z.array(boundedText(256), 'must be a list').min(1, 'must not be empty'),
          'must be a map of lists',
        )
        .default({})
        .transform((given) => Object.fromEntries(Object.entries(given).map(([key, values]) => [key, values ?? []]))),
      groupBy: z.array(dimension, 'must be a list').max(5, 'must not be longer than 5').default([]),
      sensitivity: z.enum(sensitivities, 'must be low, medium or high').default('medium'),
      minImpact: moneyInput('a decimal of 0 or more', isNotNegative).nullable().default(null),
    },
    'must be a map',
  )
  .meta({ description: 'Something that the gateway itself watches.' });

/** A bill that is sent once a day. */
export interface ExportDefinition {
  readonly from: string;
  readonly to: string;
  readonly connectionId: string;
  readonly operation: ExportOperation;
  /** Minutes after midnight, UTC. */
  readonly atMinute: number;
}

const minutesPerHour = 60;

export const exportDefinitionSchema = z
  .strictObject(
    {
      from: connection,
      to: connection.meta({ description: 'Id of the connection that takes the bill.' }),
      connectionId: boundedText(256).meta({ description: "The receiver's stream." }),
      operation: z.enum(exportOperations, `must be one of ${exportOperations.join(', ')}`).default(exportOperations[0]),
      at: z
        .string('must be a time of day')
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 05:30, UTC')
        .default('05:00'),
    },
    'must be a map',
  )
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'must differ from from' })
  .transform(({ at, ...definition }): ExportDefinition => {
    const [hour, minute] = at.split(':').map(Number);
    return { ...definition, atMinute: (hour ?? 0) * minutesPerHour + (minute ?? 0) };
  })
  .meta({ description: 'A bill that is sent every day, for this month and the one before.' });

/** For rates without an end. */
const openEnd = '9999-12-31';

export const rateDefinitionSchema = z
  .strictObject(
    {
      from: currency,
      to: currency,
      rate: decimalInput('a decimal above 0, such as 0.011114', isPositive),
      validFrom: dayInput,
      validTo: dayInput.default(openEnd).meta({ description: 'The first day on which it no longer holds.' }),
    },
    'must be a map',
  )
  .refine((rate) => rate.from !== rate.to, { path: ['to'], message: 'must differ from from' })
  .refine((rate) => rate.validFrom < rate.validTo, { path: ['validTo'], message: 'must lie after validFrom' })
  .transform((rate): ExchangeRate => ({ ...rate, custom: true }))
  .meta({ description: 'One unit of from is this many units of to.' });
