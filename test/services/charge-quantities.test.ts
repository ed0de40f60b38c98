import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { chargeSchema } from '../../src/domain/charge.ts';
import { add, decimal, decimalText, zero } from '../../src/domain/decimal.ts';
import { queryOf } from '../support/answers.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { pinnedClock } from '../support/pinned-clock.ts';
import { hourlyAnswers, hourlyToy } from '../support/toys/hourly.ts';
import { pagedToy } from '../support/toys/paged.ts';
import { signedToy } from '../support/toys/signed.ts';

const october = { start: '2026-10-01', end: '2026-11-01', limit: '1000' };

let app: RunningApp;
beforeAll(async () => {
  app = await startApp([pagedToy, hourlyToy, signedToy], {
    clock: pinnedClock(),
    recorded: { [hourlyToy.id]: hourlyAnswers },
  });
});
afterAll(() => app.close());

const chargesOf = async (provider: string) => {
  const { body } = await app.get(`/v1/charges?${queryOf({ ...october, provider })}`);
  return z.object({ data: z.array(chargeSchema) }).parse(body).data;
};

/** What the recording of the vendor adds up to in this unit, and how many of its lines have a quantity. */
const recorded = async (unit: string) => {
  const clock = pinnedClock();
  const vendor = await hourlyAnswers({ clock });
  const page = z.object({
    data: z.array(
      z.object({ results: z.array(z.object({ quantity: z.number().nullish(), unit: z.string().nullish() })) }),
    ),
    next_page: z.string().nullable(),
  });
  let sum = zero;
  for (let at = Date.UTC(2026, 9, 1) / 1000; at < Date.UTC(2026, 10, 1) / 1000; at += 86_400) {
    for (let token: string | null = ''; token !== null; ) {
      const query = {
        start_time: String(at),
        end_time: String(at + 86_400),
        bucket_width: '1h',
        ...(token && { page: token }),
      };
      const read = page.parse(await (await fetch(`${vendor.url}/v1/organization/costs?${queryOf(query)}`)).json());
      for (const each of read.data.flatMap(({ results }) => results))
        if (each.unit === unit) sum = add(sum, decimal(String(each.quantity)));
      token = read.next_page;
    }
  }
  await vendor.close();
  return decimalText(sum);
};

describe('the quantities of charges', () => {
  it.each(['tokens', 'images'])('add up to what the vendor told: %s', async (unit) => {
    const charges = (await chargesOf('toy-hourly')).filter((charge) => charge.consumedUnit === unit);
    expect(charges.length).toBeGreaterThan(5);
    const sum = charges.reduce((total, { consumedQuantity }) => add(total, decimal(consumedQuantity ?? '')), zero);
    expect(decimalText(sum)).toBe(await recorded(unit));
  });

  it('stand together with their units or not at all, and the priced one is named as derived', async () => {
    for (const provider of ['toy-hourly', 'toy-paged']) {
      const charges = await chargesOf(provider);
      const told = charges.filter(({ consumedQuantity }) => consumedQuantity !== null);
      expect(told.length).toBeGreaterThan(0);
      expect(told.length).toBeLessThan(charges.length);
      for (const charge of charges) {
        expect(charge.pricingQuantity).toBe(charge.consumedQuantity);
        expect(charge.pricingUnit).toBe(charge.consumedUnit);
        expect(charge.consumedUnit === null).toBe(charge.consumedQuantity === null);
        expect(charge.xDerived.includes('pricingQuantity')).toBe(charge.consumedQuantity !== null);
      }
    }
  });

  it('are null where the vendor tells none', async () => {
    const charges = await chargesOf('toy-signed');
    expect(charges.length).toBeGreaterThan(0);
    for (const charge of charges) expect([charge.consumedQuantity, charge.pricingUnit]).toEqual([null, null]);
  });

  it('have the columns of FOCUS in CSV', async () => {
    const { text } = await app.get(`/v1/charges?${queryOf({ ...october, provider: 'toy-paged' })}`, {
      accept: 'text/csv',
    });
    const [head = '', ...lines] = text.trim().split('\r\n');
    const columns = head.split(',');
    const values = (line: string) =>
      ['ConsumedQuantity', 'ConsumedUnit', 'PricingQuantity', 'PricingUnit'].map(
        (name) => line.split(',')[columns.indexOf(name)],
      );
    expect(columns).toEqual(
      [...columns.filter((name) => !name.startsWith('x_'))].sort().concat('x_Connection', 'x_Derived', 'x_Provider'),
    );
    const hours = lines.filter((line) => line.includes(',Hrs,')).map(values);
    expect(hours.length).toBeGreaterThan(0);
    for (const [quantity, unit, priced, pricedUnit] of hours) {
      expect(quantity).toMatch(/^\d+(\.\d+)?$/);
      expect([unit, priced, pricedUnit]).toEqual(['Hrs', quantity, 'Hrs']);
    }
  });

  it('are not in the answers for costs', async () => {
    const { text } = await app.get(`/v1/costs?${queryOf({ ...october, groupBy: 'service' })}`);
    expect(text).not.toContain('uantity');
  });
});
