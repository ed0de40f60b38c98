import type { Clock } from '../../../src/domain/clock.ts';
import type { SandboxReply, SandboxRequest, SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { documentedBurst, RecordRate } from './record-rate.ts';
import { type Checked, fine, isTooLarge, parseObject, refusal, type Variant, wrong } from './replies.ts';
import { readRecord, type StreamChange, type StreamKind, type TelemetryRecord } from './telemetry-records.ts';
import { TelemetryStreams } from './telemetry-streams.ts';

/** A metric shows what was sent some minutes ago; what was processed is hours behind. */
const shownAfterMs = { sent: 5 * 60_000, processed: 2 * 3_600_000 } as const;
const bothKinds = ['metric', 'allocation'] as const;
const limitMost = 1000;

const recordsIn = (
  body: Readonly<Record<string, unknown>>,
  read: (raw: unknown) => Checked<TelemetryRecord>,
): Checked<readonly TelemetryRecord[]> => {
  if (!Array.isArray(body.records)) return wrong('records is no list');
  const records: TelemetryRecord[] = [];
  for (const [index, raw] of body.records.entries()) {
    const record = read(raw);
    if (!record.ok) return wrong(`records[${index}] ${record.message}`);
    records.push(record.value);
  }
  return fine(records);
};

/** `burst`: how many records may be sent at once. */
export const telemetryRoutes = (variant: Variant, clock: Clock, burst = documentedBurst): SandboxRoute[] =>
  variant === 'live' ? liveRoutes(clock, burst) : publishedRoutes(clock, burst);

const liveRoutes = (clock: Clock, burst: number): SandboxRoute[] => {
  const streams = new TelemetryStreams(clock, true);
  const rate = new RecordRate(clock, burst);
  const base = '/unit-cost/v1/telemetry';
  const bad = (message: string): SandboxReply => refusal('live', 400, message);

  const take =
    (kind: StreamKind, change: StreamChange) =>
    ({ body, params: { name = '' } }: SandboxRequest): SandboxReply => {
      if (isTooLarge(body)) return refusal('live', 413, 'Request Too Long');
      const parsed = parseObject(body);
      const records = parsed.ok ? recordsIn(parsed.value, (raw) => readRecord(raw, change, kind, 'live')) : parsed;
      if (!records.ok) return bad(records.message);
      if (!/^[\w.-]{1,256}$/.test(name)) return bad('no stream can have this name');
      if (change !== 'delete' && !rate.take(records.value.length)) return refusal('live', 503, 'Slow down.');
      const applied = streams.apply(name, kind, change, records.value);
      if (!applied.ok) return bad(applied.message);
      return { status: change === 'delete' ? 201 : 200, json: {} };
    };

  const show =
    (kinds: readonly StreamKind[], delayMs: number) =>
    ({ query, params: { name = '' } }: SandboxRequest): SandboxReply => {
      const limit = Number(query.get('limit') ?? limitMost);
      // No status is declared for a limit that is out of range: the nearest one in range stands in for it.
      const most = Number.isInteger(limit) ? Math.min(limitMost, Math.max(1, limit)) : limitMost;
      return { json: { records: streams.shown(name, kinds, delayMs, most) } };
    };

  return [
    ...bothKinds.flatMap((kind): SandboxRoute[] => [
      // The older address does the same as the sum.
      { method: 'POST', path: `${base}/${kind}/:name`, handle: take(kind, 'sum') },
      ...(['sum', 'replace', 'delete'] as const).map((change) => ({
        method: 'POST',
        path: `${base}/${kind}/:name/${change}`,
        handle: take(kind, change),
      })),
    ]),
    { method: 'GET', path: `${base}/metric/:name`, handle: show(['metric'], shownAfterMs.sent) },
    { method: 'GET', path: `${base}/:name/records`, handle: show(bothKinds, shownAfterMs.processed) },
    {
      method: 'DELETE',
      path: `${base}/:name`,
      handle: ({ params: { name = '' } }) =>
        streams.remove(name, bothKinds) ? { json: {} } : bad('there is no such stream'),
    },
  ];
};

/** It describes no limit of its own but 429, and neither a way to read nor one to replace the records of a metric. */
const publishedRoutes = (clock: Clock, burst: number): SandboxRoute[] => {
  const streams = new TelemetryStreams(clock, false);
  const rate = new RecordRate(clock, burst);
  const base = '/v1/telemetry';

  const send =
    (kind: StreamKind, change: 'sum' | 'replace') =>
    ({ body, params: { name = '' } }: SandboxRequest): SandboxReply => {
      const parsed = isTooLarge(body) ? wrong('more than 5 MB') : parseObject(body);
      const records = parsed.ok ? recordsIn(parsed.value, (raw) => readRecord(raw, change, kind, 'published')) : parsed;
      if (!records.ok) return { status: 400 };
      if (!rate.take(records.value.length)) return { status: 429 };
      return { status: streams.apply(name, kind, change, records.value).ok ? 202 : 400 };
    };

  /** The body is one record without a value. */
  const remove =
    (kind: StreamKind) =>
    ({ body, params: { name = '' } }: SandboxRequest): SandboxReply => {
      const parsed = parseObject(body);
      const record = parsed.ok ? readRecord(parsed.value, 'delete', kind, 'published') : parsed;
      return { status: record.ok && streams.apply(name, kind, 'delete', [record.value]).ok ? 200 : 400 };
    };

  return [
    { method: 'POST', path: `${base}/:name/records`, handle: send('metric', 'sum') },
    { method: 'DELETE', path: `${base}/:name/records`, handle: remove('metric') },
    {
      method: 'DELETE',
      path: `${base}/:name`,
      handle: ({ params: { name = '' } }) => ({ status: streams.remove(name, ['metric']) ? 204 : 404 }),
    },
    { method: 'POST', path: `${base}/allocation/:name/sum`, handle: send('allocation', 'sum') },
    { method: 'POST', path: `${base}/allocation/:name/replace`, handle: send('allocation', 'replace') },
    { method: 'POST', path: `${base}/allocation/:name/delete`, handle: remove('allocation') },
  ];
};
