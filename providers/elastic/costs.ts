import { addDays, type Day, dayOfInstant, daysIn, earlier, monthOf, monthStart } from '../../src/domain/day.ts';
import { decimalText } from '../../src/domain/decimal.ts';
import type { NamedDimension } from '../../src/domain/dimension.ts';
import {
  type CostQuestion,
  type CostReading,
  type CostSource,
  Failure,
  type FillSession,
  type Note,
  type Session,
} from '../../src/vendor/kit/index.ts';
import { createFocus } from './focus.ts';
import { addLabels, costRows, type InstancesReading, readInstances } from './normalise.ts';
import { editionText, type PriceSource, priceNotes } from './prices.ts';
import { instanceCostsRequest } from './requests.ts';

const hourMs = 3_600_000;
/** The dimensions of every cost row. */
export const dimensions: readonly NamedDimension[] = ['account', 'service', 'category', 'resource'];

/** One answer of the vendor, and the day that its rows carry. */
interface Answer {
  readonly day: Day;
  readonly reading: InstancesReading;
}

/** Charges appear up to a day late: the last day that ended at least 24 hours ago. */
export const lastCompleteDay = (session: Session): Day => addDays(dayOfInstant(session.now() - 24 * hourMs), -1);

export const readWindow = async (
  session: Session,
  organizationId: string,
  start: Day,
  end: Day,
  where: string,
): Promise<InstancesReading> => {
  const reply = await session.call(instanceCostsRequest(organizationId, start, end, session.now()));
  return readInstances(reply.json, where);
};

/** The vendor gives one aggregate for a window, so days are asked for one by one. */
const readDays = (session: Session, organizationId: string, start: Day, end: Day): Promise<Answer[]> =>
  Promise.all(
    daysIn(start, end).map(async (day) => {
      const reading = await readWindow(session, organizationId, day, addDays(day, 1), `${day}:`);
      return { day, reading: { ...reading, faults: reading.faults.map((fault) => ({ ...fault, day })) } };
    }),
  );

const readMonth = async (session: Session, organizationId: string, start: Day, end: Day): Promise<Answer[]> => {
  if (start >= end) return [];
  const month = monthOf(start);
  return [{ day: monthStart(month), reading: await readWindow(session, organizationId, start, end, `${month}:`) }];
};

/** The first five, and how many more there are. */
const firstFew = (texts: readonly string[]): string =>
  texts.length <= 5 ? texts.join(', ') : `${texts.slice(0, 5).join(', ')} and ${texts.length - 5} more`;

const shortId = (id: string): string => id.replace(/[^\x20-\x7e]/g, '?').slice(0, 64);

const unitemisedNote = (ids: ReadonlySet<string>): Note[] =>
  ids.size === 0
    ? []
    : [
        {
          code: 'unitemised-cost',
          message: `line items do not add up to the instance's total; the difference stands without category and resource: ${firstFew([...ids].sort().map(shortId))}`,
        },
      ];

const totalNote = (answers: readonly Answer[], from: (answer: Answer) => string): Note[] => {
  const texts = answers.flatMap((answer) => {
    const differs = answer.reading.totalDiffers;
    if (differs === null) return [];
    return [`${from(answer)} ${decimalText(differs.stated)} against ${decimalText(differs.read)}`];
  });
  return texts.length === 0
    ? []
    : [
        {
          code: 'total-differs',
          message: `the vendor's total in ECU differs from what its instances add up to, which is used: ${firstFew(texts)}`,
        },
      ];
};

export const createCostSource = (organizationId: string, priceSource: PriceSource): CostSource => {
  const answersFor = (session: Session, question: CostQuestion): Promise<Answer[]> => {
    /** Days after today have no costs, and each would cost a call. */
    const end = earlier(question.end, addDays(session.today(), 1));
    if (question.cube === 'instances-daily') return readDays(session, organizationId, question.start, end);
    if (question.cube === 'instances-monthly') return readMonth(session, organizationId, question.start, end);
    throw new Failure('internal', {
      public: 'The gateway asked Elastic Cloud for a cube that it does not have.',
      internal: `elastic has no cube ${question.cube}`,
    });
  };

  const fill = async (session: FillSession, question: CostQuestion): Promise<CostReading> => {
    const prices = await priceSource.ofFill(session);
    const answers = await answersFor(session, question);
    const accounts = new Map<string, string>();
    const resources = new Map<string, string>();
    const unitemised = new Set<string>();
    const items = answers.flatMap(({ day, reading }) => {
      addLabels(reading.instances, accounts, resources);
      const made = costRows(reading.instances, day, question.dimensions, prices);
      for (const id of made.unitemised) unitemised.add(id);
      return made.rows;
    });
    const complete = lastCompleteDay(session);
    const monthly = question.cube === 'instances-monthly';
    return {
      items,
      notes: [
        ...priceNotes(prices, question.start, question.end),
        ...unitemisedNote(unitemised),
        ...totalNote(answers, ({ day }) => (monthly ? monthOf(day) : day)),
      ],
      faults: answers.flatMap(({ reading }) => reading.faults),
      completeThrough: complete >= question.start ? complete : null,
      edition: editionText(prices),
      labels: { account: accounts, resource: resources },
    };
  };

  return {
    costTypes: ['billed'],
    cubes: [
      { id: 'instances-daily', grain: 'daily', dimensions, span: 'day', price: 1 },
      { id: 'instances-monthly', grain: 'monthly', dimensions, span: 'month', price: 1 },
    ],
    ages: { openMs: 6 * hourMs, restatedDays: 3, restatedMs: 24 * hourMs },
    focus: createFocus(organizationId, dimensions),
    fill,
  };
};
