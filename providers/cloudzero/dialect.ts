import { z } from 'zod';
import { decode, decodeItems, Failure, type Session, type VendorReply } from '../../src/vendor/kit/index.ts';
import { dimensionsRequest } from './requests.ts';
import { dimensionSchema, liveDimensionsSchema, publishedDimensionsSchema } from './wire.ts';

const dialects = ['live', 'published'] as const;
const dialectSchema = z.enum(dialects);
export type Dialect = (typeof dialects)[number];
export const dialectSettings = ['auto', ...dialects] as const;
export type DialectSetting = (typeof dialectSettings)[number];

const dayMs = 86_400_000;
const dialectAgeMs = 30 * dayMs;
const dimensionsAgeMs = dayMs;
const refusalAgeMs = 3_600_000;

/** The answer has the shape of the other dialect. */
class DialectContradiction extends Failure {
  constructor(what: string) {
    super('vendor-malformed', {
      public: `CloudZero answered ${what} in another dialect than the one asked for. Check CLOUDZERO_DIALECT (dialect).`,
    });
  }
}

const hasList = (json: unknown, key: string): boolean => hasContent(json, key) && Array.isArray(Reflect.get(json, key));

const hasContent = (json: unknown, key: string): json is object => {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, key)) return false;
  const content: unknown = Reflect.get(json, key);
  return typeof content === 'object' && content !== null;
};

/** Decodes an envelope; `own` and `other` are the keys under which the two dialects keep their list or their one item. */
export const decodeEnvelope = <Schema extends z.ZodType>(
  schema: Schema,
  json: unknown,
  what: string,
  keys: { readonly own: string; readonly other: string },
): z.output<Schema> => {
  if (!hasContent(json, keys.own) && hasContent(json, keys.other)) throw new DialectContradiction(what);
  return decode(schema, json, what);
};

const dimensionListSchema = z.object({
  dialect: dialectSchema,
  dimensions: z.array(z.object({ id: z.string(), name: z.string() })),
  faults: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type DimensionList = z.output<typeof dimensionListSchema>;

/** The dialect of a dimension list: the key of its list tells. */
export const dialectOf = (reply: VendorReply): Dialect => (hasList(reply.json, 'dimensions') ? 'live' : 'published');

const readDimensionList = (reply: VendorReply): DimensionList => {
  const dialect = dialectOf(reply);
  const live = dialect === 'live';
  const list = live
    ? decode(liveDimensionsSchema, reply.json, 'the dimension list').dimensions
    : decode(publishedDimensionsSchema, reply.json, 'the dimension list').data;
  const { items, faults } = decodeItems(dimensionSchema, list, live ? 'dimensions' : 'data');
  return { dialect, dimensions: items.map((each) => ({ ...each })), faults };
};

/** One free call a day, for the dialect and for the dimensions. */
export const dimensionList = (session: Session): Promise<DimensionList> =>
  session.fact('dimensions', dimensionsAgeMs, dimensionListSchema, async () =>
    readDimensionList(await session.call(dimensionsRequest())),
  );

/** Null where the key lacks the scope, which is asked for again after an hour. */
export const permittedDimensionList = async (session: Session): Promise<DimensionList | null> => {
  const permitted = await session.fact('dimensions-permitted', refusalAgeMs, z.boolean(), async () => {
    try {
      await dimensionList(session);
      return true;
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.kind === 'permission-missing') return false;
      throw thrown;
    }
  });
  return permitted ? dimensionList(session) : null;
};

const knownDialectSchema = z.union([dialectSchema, z.literal('unknown')]);

/** The dialect as remembered, or as the free dimension list shows it; null where the key may not read that list. */
const findDialect = async (session: Session): Promise<Dialect | null> => {
  const known = await session.fact('dialect', dialectAgeMs, knownDialectSchema, async () => {
    const list = await permittedDimensionList(session);
    return list?.dialect ?? 'unknown';
  });
  if (known !== 'unknown') return known;
  await session.forget('dialect');
  return null;
};

const remember = async (session: Session, dialect: Dialect): Promise<void> => {
  await session.forget('dialect');
  await session.fact('dialect', dialectAgeMs, dialectSchema, async () => dialect);
};

const suggestsOtherDialect = (thrown: unknown): boolean =>
  thrown instanceof DialectContradiction || (thrown instanceof Failure && thrown.kind === 'vendor-not-found');

/**
 * Asks in the dialect of the API. The remembered dialect may be outdated: after a missing route or an answer in the
 * other shape it is determined again, by a free call, and asked once more.
 */
export const inDialect = async <T>(
  session: Session,
  setting: DialectSetting,
  ask: (dialect: Dialect) => Promise<T>,
): Promise<T> => {
  if (setting !== 'auto') return ask(setting);
  const known = await findDialect(session);
  const first = known ?? 'live';
  try {
    const answer = await ask(first);
    if (known === null) await remember(session, first);
    return answer;
  } catch (thrown) {
    if (!suggestsOtherDialect(thrown)) throw thrown;
    await forgetDialect(session);
    const found = await findDialect(session);
    const second = found ?? (first === 'live' ? 'published' : 'live');
    if (second === first) throw thrown;
    const answer = await ask(second);
    if (found === null) await remember(session, second);
    return answer;
  }
};

/**
 * The dialect, for use before a write, which must not be sent twice. Where no free call tells it, `probe` reads
 * something that only the right dialect answers.
 */
export const determineDialect = async (
  session: Session,
  setting: DialectSetting,
  probe: (dialect: Dialect) => Promise<unknown>,
): Promise<Dialect> => {
  if (setting !== 'auto') return setting;
  const known = await findDialect(session);
  if (known !== null) return known;
  return inDialect(session, setting, async (dialect) => {
    await probe(dialect);
    return dialect;
  });
};

/** Forgets the dialect and the dimensions, after an answer that another dialect may explain. */
export const forgetDialect = async (session: Session): Promise<void> => {
  await session.forget('dialect');
  await session.forget('dimensions');
  await session.forget('dimensions-permitted');
};

/** For the provider list. Null where the key may not read the dimensions, or the call fails. */
export const currentDialect = async (session: Session, setting: DialectSetting): Promise<string | null> => {
  if (setting !== 'auto') return setting;
  try {
    return await findDialect(session);
  } catch (thrown) {
    if (thrown instanceof Failure) return null;
    throw thrown;
  }
};
