import { onTestFinished } from 'vitest';
import { z } from 'zod';
import type { AppOptions } from '../../src/app/options.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { HastyClock } from '../support/hasty-clock.ts';
import { endpointTo, settingsOf, startVendor, type Vendor } from '../support/vendor-line.ts';

/** The whole app before sandboxes of the vendors, each behind a line that can be made to fail; closed with the test. */
export interface FaultRig<C extends Clock = HastyClock> {
  readonly app: RunningApp;
  readonly clock: C;
  readonly vendor: Vendor;
  readonly vendors: Readonly<Record<string, Vendor>>;
  /** After this long what is held of today is good enough to serve while it is refreshed. */
  readonly dueMs: number;
  /** After this long it has to be asked for before it is served. */
  readonly expiredMs: number;
  ask(query?: string, headers?: Record<string, string>): Promise<Answer>;
}

/** What may stand in an answer to a cost question, or in a problem. */
const bodySchema = z.object({
  type: z.string().optional(),
  detail: z.string().optional(),
  data: z.array(z.looseObject({})).default([]),
  meta: z
    .object({
      complete: z.boolean(),
      providers: z.array(
        z.looseObject({
          provider: z.string(),
          status: z.string(),
          asOf: z.string().nullable(),
          problem: z.looseObject({ type: z.string(), detail: z.string() }).optional(),
        }),
      ),
    })
    .default({ complete: false, providers: [] }),
});

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly body: z.output<typeof bodySchema>;
  /** The kind of problem, without the path of its page. */
  readonly problem: string | null;
}

export const getFrom = async (app: RunningApp, path: string, headers: Record<string, string> = {}): Promise<Answer> => {
  const answer = await app.get(path, headers);
  const body = bodySchema.parse(answer.body ?? {});
  return { ...answer, body, problem: body.type?.replace('/problems/', '') ?? null };
};

export interface FaultRigOptions extends Partial<Omit<AppOptions, 'endpoints' | 'clock'>> {
  /** Ids of providers; the first is `vendor`. */
  readonly vendors?: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
  /** Those of another rig: one more replica before the same vendors. */
  readonly shared?: Readonly<Record<string, Vendor>>;
}

const startVendorForTest = async (id: string, clock: Clock): Promise<Vendor> => {
  const vendor = await startVendor(id, clock);
  onTestFinished(() => vendor.close());
  return vendor;
};

export const startFaultRigOn = async <C extends Clock>(clock: C, options: FaultRigOptions): Promise<FaultRig<C>> => {
  const { vendors: ids = ['elastic'], settings = {}, shared, ...rest } = options;
  const vendors: Record<string, Vendor> = {};
  for (const id of ids) vendors[id] = shared?.[id] ?? (await startVendorForTest(id, clock));
  const endpoints = Object.entries(vendors).map(([id, vendor]) =>
    endpointTo(id, { ...settingsOf(vendor), ...settings }),
  );
  const app = await startApp([], { rateLimit: { limit: 1_000_000, windowMs: 60_000 }, ...rest, endpoints, clock });
  onTestFinished(() => app.close());
  const vendor = vendors[ids[0] ?? ''];
  if (vendor === undefined) throw new TypeError('a rig needs a vendor');
  const openMs = endpoints[0]?.connector.capabilities.costs.ages.openMs ?? 0;
  return {
    app,
    clock,
    vendor,
    vendors,
    dueMs: 1.25 * openMs,
    expiredMs: 2.25 * openMs,
    ask: (query = oneCall, headers = {}) => getFrom(app, `/v1/costs?${query}`, headers),
  };
};

export const startFaultRig = (options: FaultRigOptions = {}): Promise<FaultRig> =>
  startFaultRigOn(new HastyClock(), options);

/** A whole month of the vendor with one figure a month: exactly one call where nothing is held of it. */
const wholeMonth = (month: number): string =>
  `granularity=monthly&start=2026-${String(month).padStart(2, '0')}-01&end=2026-${String(month + 1).padStart(2, '0')}-01`;
/** The month that is not over. */
export const oneCall = wholeMonth(11);
/** Questions that have nothing to do with each other, one call each. */
export const otherMonths = [10, 9, 8, 7, 6, 5, 4, 3].map(wholeMonth);

/** Real turns of the event loop until something that goes over sockets has happened. */
export const until = async (done: () => boolean): Promise<void> => {
  while (!done()) await new Promise((resolve) => setImmediate(resolve));
};

/** Moves time on, again and again, until the work has ended; before each move the vendor gets to see what was sent. */
export const passing = async <T>(clock: HastyClock, stepMs: number, work: Promise<T>): Promise<T> => {
  let ended = false;
  const result = work.finally(() => {
    ended = true;
  });
  while (!ended) {
    for (let turn = 0; turn < 50 && !ended; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    if (!ended) await clock.advance(stepMs);
  }
  return result;
};

export const hour = 3_600_000;
