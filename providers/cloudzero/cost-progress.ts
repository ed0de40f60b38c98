import { z } from 'zod';
import type { Day } from '../../src/domain/day.ts';
import type { FillSession } from '../../src/vendor/kit/index.ts';
import type { DaySpan } from './cost-table.ts';

/** The vendor keeps a result set for a day. */
const resultSetMs = 86_400_000;

const pageSchema = z.object({
  kind: z.literal('page'),
  /** When the query was sent that the page belongs to. */
  askedAt: z.number(),
  next: z.string().nullable(),
  received: z.number(),
  stated: z.number().nullable(),
  faults: z.array(z.object({ path: z.string(), message: z.string() })),
  days: z.array(z.string()),
  groups: z.array(z.array(z.string().nullable())),
  rows: z.string(),
});
export type SavedPage = z.output<typeof pageSchema>;

const splitSchema = z.object({ kind: z.literal('split'), middle: z.string() });
const partSchema = z.object({
  /** What the query asked for beside its days, so that pages of another query are never taken for its own. */
  form: z.string(),
  start: z.string(),
  end: z.string(),
  part: z.discriminatedUnion('kind', [pageSchema, splitSchema]),
});

const nameOf = ({ start, end }: DaySpan): string => `${start}/${end}`;

const readPart = (text: string): z.output<typeof partSchema> | null => {
  try {
    return partSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};

/** What earlier attempts at a fill have read, and which of its spans proved too big for one query. */
export class CostProgress {
  readonly #session: FillSession;
  readonly #form: string;
  readonly #pages = new Map<string, SavedPage[]>();
  readonly #splits = new Map<string, { readonly span: DaySpan; readonly middle: Day }>();

  private constructor(session: FillSession, form: string) {
    this.#session = session;
    this.#form = form;
  }

  static async load(session: FillSession, form: string): Promise<CostProgress> {
    const progress = new CostProgress(session, form);
    const parts = (await session.resume.saved()).map(readPart);
    if (parts.every((part) => part?.form === form)) for (const part of parts) if (part !== null) progress.#take(part);
    if (parts.length > 0 && progress.#pages.size + progress.#splits.size === 0) await session.resume.drop();
    return progress;
  }

  pagesOf(span: DaySpan): readonly SavedPage[] {
    return this.#pages.get(nameOf(span)) ?? [];
  }

  /** Where the span was divided; null for one that was not. */
  middleOf(span: DaySpan): Day | null {
    return this.#splits.get(nameOf(span))?.middle ?? null;
  }

  async savePage(span: DaySpan, page: SavedPage): Promise<void> {
    const left = page.askedAt + resultSetMs - this.#session.now();
    await this.#session.resume.save(JSON.stringify({ form: this.#form, ...span, part: page }), Math.max(left, 1));
  }

  async saveSplit(span: DaySpan, middle: Day): Promise<void> {
    this.#splits.set(nameOf(span), { span, middle });
    const part = { kind: 'split', middle };
    await this.#session.resume.save(JSON.stringify({ form: this.#form, ...span, part }), resultSetMs);
  }

  /** Forgets every page. How spans were divided stays known. */
  async dropPages(): Promise<void> {
    this.#pages.clear();
    await this.#session.resume.drop();
    for (const { span, middle } of this.#splits.values()) await this.saveSplit(span, middle);
  }

  #take({ start, end, part }: z.output<typeof partSchema>): void {
    const name = nameOf({ start, end });
    if (part.kind === 'split') {
      this.#splits.set(name, { span: { start, end }, middle: part.middle });
      return;
    }
    const pages = this.#pages.get(name) ?? [];
    pages.push(part);
    this.#pages.set(name, pages);
  }
}
