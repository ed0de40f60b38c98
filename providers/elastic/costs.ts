import { addDays, daysIn, earlier, monthOf, monthStart } from '../../src/domain/day.ts';
import type { NamedDimension } from '../../src/domain/dimension.ts';
import {
  type CostQuestion,
  type CostReading,
  type CostSource,
  type Cube,
  Failure,
  type FillSession,
  type Note,
} from '../../src/vendor/kit/index.ts';
import { fillFromChart } from './charts/fill.ts';
import { chartVerdict, unusedNotes } from './charts/verdict.ts';
import { eachDay } from './each-day.ts';
import { createFocus } from './focus.ts';
import { createNamedReader } from './names.ts';
import type { EcuPrices, PriceSource } from './prices.ts';
import { costReading, nothingLeft } from './readings.ts';

const hourMs = 3_600_000;
/** The dimensions of every cost row. */
export const dimensions: readonly NamedDimension[] = ['account', 'service', 'category', 'resource', 'cloud'];

/** Two calls for each span: the chart, and the line items that it is checked against. */
const chartCube = {
  id: 'instances-chart-daily',
  grain: 'daily',
  dimensions: ['account'],
  span: 'range',
  monthsMax: 6,
  price: 2,
} as const satisfies Cube;

const unknownCube = (cube: string): Failure =>
  new Failure('internal', {
    public: 'The gateway asked Elastic Cloud for a cube that it does not have.',
    internal: `elastic has no cube ${cube}`,
  });

export const createCostSource = (organizationId: string, priceSource: PriceSource): CostSource => {
  /** The vendor gives one aggregate for a window, so days are asked for one by one, and each is handed over at once. */
  const fillDays = async (
    session: FillSession,
    question: CostQuestion,
    prices: EcuPrices,
    note: Note | null = null,
  ): Promise<CostReading> => {
    const { start, end } = question;
    const read = createNamedReader(session, organizationId, { start, end, where: '' });
    const unused = await unusedNotes(session);
    await eachDay(daysIn(start, end), async (day) => {
      const window = { start: day, end: addDays(day, 1), where: `${day}:` };
      const answer = { reading: await read(window), day, window, daily: true };
      const part = await costReading(session, answer, question.dimensions, prices);
      const notes = [...part.notes, ...(note === null ? unused : [note])];
      await session.keep({ ...part, notes, start: window.start, end: window.end });
    });
    return nothingLeft(prices);
  };

  /** Days by instance, from a chart where it can be used. */
  const fillByInstance = async (
    session: FillSession,
    question: CostQuestion,
    prices: EcuPrices,
  ): Promise<CostReading> => {
    const { reading, end, note } = await fillFromChart(session, organizationId, question, prices);
    if (reading !== null && end === question.end) return reading;
    if (reading !== null) await session.keep({ ...reading, start: question.start, end });
    return fillDays(session, { ...question, start: end }, prices, note);
  };

  const fillMonth = async (session: FillSession, question: CostQuestion, prices: EcuPrices): Promise<CostReading> => {
    const { start, end } = question;
    const window = { start, end, where: `${monthOf(start)}:` };
    const reading = await createNamedReader(session, organizationId, window)(window);
    const answer = { reading, day: monthStart(monthOf(start)), window, daily: false };
    return costReading(session, answer, question.dimensions, prices);
  };

  const fill = async (session: FillSession, asked: CostQuestion): Promise<CostReading> => {
    const prices = await priceSource.ofFill(session);
    /** Days after today have no costs, and each would cost a call. */
    const question = { ...asked, end: earlier(asked.end, addDays(session.today(), 1)) };
    if (question.start >= question.end) return nothingLeft(prices);
    if (question.cube === 'instances-daily') return fillDays(session, question, prices);
    if (question.cube === chartCube.id) return fillByInstance(session, question, prices);
    if (question.cube === 'instances-monthly') return fillMonth(session, question, prices);
    throw unknownCube(question.cube);
  };

  return {
    costTypes: ['billed'],
    cubes: [
      { id: 'instances-daily', grain: 'daily', dimensions, span: 'day', price: 1 },
      { id: 'instances-monthly', grain: 'monthly', dimensions, span: 'month', spansAtOnce: 6, price: 1 },
      chartCube,
    ],
    ages: { openMs: 6 * hourMs, restatedDays: 3, restatedMs: 24 * hourMs },
    focus: createFocus(organizationId, ['account', 'service', 'category', 'resource']),
    usable: async (session, cube) =>
      cube.id !== chartCube.id || (await chartVerdict(session, organizationId)).kind === 'usable',
    fill,
  };
};
