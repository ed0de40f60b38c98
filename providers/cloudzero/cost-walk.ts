import { Failure, type FillSession, type ReadingFault } from '../../src/vendor/kit/index.ts';
import type { CostPages } from './cost-pages.ts';
import type { CostProgress, SavedPage } from './cost-progress.ts';
import { CostTable, type DaySpan } from './cost-table.ts';
import { RowCount } from './paging.ts';

/** Ten million rows. A result beyond it is asked for in two. */
const pagesMax = 1_000;
const emptyPagesMax = 3;

export interface WalkedCosts {
  readonly table: CostTable;
  readonly faults: readonly ReadingFault[];
}

/** The result set is gone, or what the vendor answers does not belong to what was read of it before. */
class ResultLost extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super('the result set is lost');
    this.failure = failure;
  }
}

/** One query is too much for the vendor or for an answer: the span should be divided. */
export class ResultTooBig extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super('the result is too big');
    this.failure = failure;
  }
}

const tooManyPages = (): ResultTooBig =>
  new ResultTooBig(
    new Failure('vendor-too-large', { public: `CloudZero's result has more than ${pagesMax} pages of costs.` }),
  );

/** A page that is too large, or a query that the vendor could not finish in its time. Further pages are no query. */
const isTooBig = (thrown: unknown, count: number): thrown is Failure =>
  thrown instanceof Failure &&
  (thrown.kind === 'vendor-too-large' || (count === 0 && thrown.kind === 'vendor-timeout'));

const pageFault = (message: string): ReadingFault => ({ path: 'pagination', message });

const cameAgain = (page: number): ReadingFault =>
  pageFault(`page ${page} is one that was already read; the rest is missing`);

interface Walk {
  readonly session: FillSession;
  readonly pages: CostPages;
  readonly progress: CostProgress;
  readonly span: DaySpan;
}

/** The pages of one result set, beginning behind those that are saved. */
const walkOnce = async ({ session, pages, progress, span }: Walk): Promise<WalkedCosts> => {
  const table = new CostTable();
  const turns = session.turns();
  const tally = new RowCount();
  const faults: ReadingFault[] = [];
  const seen = new Set<string>();
  const saved = progress.pagesOf(span);
  for (const page of saved) {
    if (!(await table.restore(page, turns))) throw new ResultLost(unreadable());
    tally.page(page.received, page.stated);
    faults.push(...page.faults);
    if (page.next === null) continue;
    if (seen.has(page.next)) return { table, faults: [...faults, cameAgain(saved.length + 1)] };
    seen.add(page.next);
  }
  const stated = saved[0]?.stated ?? null;
  let askedAt = saved[0]?.askedAt ?? 0;
  let next = saved.at(-1)?.next ?? null;
  let count = saved.length;
  let empty = 0;
  while (count === 0 || next !== null) {
    if (count >= pagesMax) throw tooManyPages();
    if (count === 0) askedAt = session.now();
    const reply = await session.call(next === null ? pages.first : pages.next(next)).catch((thrown: unknown) => {
      if (isTooBig(thrown, count)) throw new ResultTooBig(thrown);
      throw isLost(thrown, count, saved.length > 0) ? new ResultLost(thrown) : thrown;
    });
    const page = await pages.read(reply.json, count + 1, turns);
    if (saved.length > 0 && stated !== null && page.stated !== null && page.stated !== stated) {
      throw new ResultLost(changed());
    }
    count += 1;
    tally.page(page.received, page.stated);
    faults.push(...page.faults);
    const rows = await table.add(page.costs, turns);
    const part: SavedPage = {
      kind: 'page',
      askedAt,
      next: page.next,
      received: page.received,
      stated: page.stated,
      faults: page.faults.map(({ path, message }) => ({ path, message })),
      days: [...rows.days],
      groups: rows.groups.map((group) => [...group]),
      rows: rows.rows,
    };
    // The end of the result is saved as well: what comes after it can still fail.
    await progress.savePage(span, part);
    empty = page.received === 0 ? empty + 1 : 0;
    next = page.next;
    if (next !== null && seen.has(next)) {
      return { table, faults: [...faults, cameAgain(count + 1)] };
    }
    if (next !== null && empty >= emptyPagesMax) {
      return { table, faults: [...faults, pageFault(`${empty} empty pages in a row; the rest is missing`)] };
    }
    if (next !== null) seen.add(next);
  }
  return { table, faults: faults.length > 0 ? faults : tally.faults('pagination') };
};

/** A cursor that the vendor no longer knows; with saved pages also one that it does not accept. */
const isLost = (thrown: unknown, count: number, resumed: boolean): thrown is Failure => {
  if (!(thrown instanceof Failure) || count === 0) return false;
  return thrown.kind === 'vendor-incomplete' || (resumed && thrown.kind === 'vendor-rejected');
};

const changed = (): Failure =>
  new Failure('vendor-incomplete', {
    public: 'CloudZero states another number of rows than it did before for the same result.',
  });

const unreadable = (): Failure =>
  new Failure('vendor-incomplete', { public: "What was saved of CloudZero's result cannot be read." });

const lostTwice = (failure: Failure): Failure =>
  new Failure('vendor-incomplete', {
    public: 'CloudZero dropped the result before its last page was read, twice in a row.',
    internal: failure.message,
    cause: failure,
  });

/**
 * All pages of one query. Every page is saved, so a walk that breaks off goes on behind its cursor. A result set that is
 * lost is read once more from its start, so that pages of two sets are never mixed.
 */
export const walkCosts = async (walk: Walk): Promise<WalkedCosts> => {
  try {
    return await walkOnce(walk);
  } catch (thrown) {
    if (!(thrown instanceof ResultLost)) throw thrown;
    await walk.progress.dropPages();
  }
  try {
    return await walkOnce(walk);
  } catch (thrown) {
    throw thrown instanceof ResultLost ? lostTwice(thrown.failure) : thrown;
  }
};
