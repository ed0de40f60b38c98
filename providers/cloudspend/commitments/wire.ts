import { z } from 'zod';
import { readDay } from '../../../src/domain/day.ts';
import { idText } from '../../../src/vendor/kit/index.ts';
import { emptyValue } from '../wire.ts';

/** Reservations of a product. The names of fields are keys of the vendor's own translations, others for each cloud. */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The calendar day of `22-Apr-2026 11:28`, which names no zone; null where nothing is told. */
const shortDay = z
  .string()
  .nullish()
  .transform((text, context) => {
    if (text === null || text === undefined || text.trim() === '') return null;
    const [, date = '', name = '', year = ''] = /^(\d{2})-([A-Z][a-z]{2})-(\d{4})(?: |$)/.exec(text) ?? [];
    const day = readDay(`${year}-${String(months.indexOf(name) + 1).padStart(2, '0')}-${date}`);
    if (day === null) context.addIssue('does not begin with a day such as 22-Apr-2026');
    return day ?? z.NEVER;
  });

const told = z
  .string()
  .nullish()
  .transform((text) => (text === null || text === undefined || text.trim() === '' ? null : text));

export const plansSchema = z.object({
  data: z.object({
    return_data: z.union([
      z.object({ utility_data: z.array(z.unknown()) }),
      emptyValue.transform((): { utility_data: unknown[] } => ({ utility_data: [] })),
    ]),
  }),
});

export const planSchema = z
  .object({
    plan_id: idText,
    'cl.cst.optimization.start.time': shortDay,
    'cl.cst.optimization.end.time': shortDay,
    'global.region': told,
    /** Azure names its reservations; those of AWS have the id of a subscription. */
    'cl.cst.optimization.reservation.name': told,
    'cl.cst.optimization.subscription.id': idText.nullish(),
  })
  .transform((row) => ({
    id: row.plan_id,
    start: row['cl.cst.optimization.start.time'],
    end: row['cl.cst.optimization.end.time'],
    region: row['global.region'],
    name: row['cl.cst.optimization.reservation.name'],
    subscription: row['cl.cst.optimization.subscription.id'] ?? null,
  }));
