import type { CostEngine } from '../../costs/engine.ts';
import { resolveRange } from '../../costs/query.ts';
import type { Clock } from '../../domain/clock.ts';
import { addDays, type Day, earlier, monthsIn } from '../../domain/day.ts';
import { parseDecimal } from '../../domain/decimal.ts';
import { Failure, invalid } from '../../domain/failure/failure.ts';
import type { Severity } from '../../domain/nouns.ts';
import type { Connection } from '../../vendor/connection.ts';
import { gather } from '../../vendor/gather.ts';
import type { HeldReadings } from '../../vendor/list-cache.ts';
import type { Part } from '../../vendor/part.ts';
import { type Ask, type ListParameters, limitDefault, questionOf } from '../list-request.ts';
import type { Pager } from '../pager.ts';
import { visibleConnections } from '../visible-connections.ts';
import { openGatewayAnomalies } from './gateway-anomalies.ts';
import { type Detailed, openGatewayDetail } from './gateway-detail.ts';
import { isGatewayId, readGatewayId } from './gateway-id.ts';
import { openMonthDetector } from './month-detector.ts';
import { beside, nothing } from './parts.ts';
import { hasImpact, type KnownAnomaly, presentAnomaly, type Sighting } from './present.ts';
import { daysDefault, openVendorAnomalies } from './vendor-anomalies.ts';
import { type OwnMonitors, openWatches } from './watches.ts';

export interface AnomalyParameters extends ListParameters {
  readonly start?: Day | undefined;
  readonly end?: Day | undefined;
  readonly severity?: readonly Severity[] | undefined;
  readonly status?: readonly ('open' | 'closed')[] | undefined;
  readonly detectedBy?: readonly Sighting['detectedBy'][] | undefined;
  readonly minImpact?: string | undefined;
}

export interface AnomalyService {
  list(parameters: AnomalyParameters, ask: Ask): Promise<unknown>;
  get(id: string, ask: Ask): Promise<unknown>;
}

export interface AnomalyServiceOptions {
  readonly clock: Clock;
  readonly engine: CostEngine;
  readonly held: HeldReadings;
  readonly pager: Pager;
  readonly connections: readonly Connection[];
  readonly ownMonitors: OwnMonitors;
}

const sightings = (
  part: Promise<Part<readonly KnownAnomaly[]>> | null,
  detectedBy: Sighting['detectedBy'],
): Promise<Part<readonly Sighting[]>> | null =>
  part?.then((each) => ({ ...each, value: each.value.map((anomaly) => ({ anomaly, detectedBy })) })) ?? null;

/** The latest first; those of one day in the order of their ids. */
const latestFirst = (
  left: { readonly detectedAt: string; readonly id: string },
  right: { readonly detectedAt: string; readonly id: string },
): number => {
  if (left.detectedAt !== right.detectedAt) return left.detectedAt < right.detectedAt ? 1 : -1;
  return left.id < right.id ? -1 : 1;
};

const unwatched: Part<readonly never[]> = {
  ...nothing,
  notes: [{ code: 'no-daily-costs', message: 'no daily cost of this connection can be looked at' }],
};

const wanted = (parameters: AnomalyParameters, range: { readonly start: Day; readonly end: Day }) => {
  const minimum = parameters.minImpact === undefined ? null : parseDecimal(parameters.minImpact);
  return ({ anomaly }: Sighting): boolean =>
    anomaly.day >= range.start &&
    anomaly.day < range.end &&
    (parameters.severity?.includes(anomaly.severity) ?? true) &&
    (parameters.status?.includes(anomaly.status) ?? true) &&
    (minimum === null || hasImpact(anomaly, minimum));
};

const unknown = (id: string): Failure =>
  new Failure('not-found', {
    public: `There is no anomaly ${id.slice(0, 200)}. GET /v1/anomalies lists them.`,
    effect: 'never',
  });

const malformed = (): Failure =>
  invalid('path.id', 'must have the form <connection>:<native id>, percent-encoded, as GET /v1/anomalies lists it');

export const openAnomalyService = (options: AnomalyServiceOptions): AnomalyService => {
  const { clock, engine, held, pager, connections } = options;
  const detect = openMonthDetector();
  const watches = openWatches(options.ownMonitors);
  const vendors = openVendorAnomalies(held, clock);
  const gateway = openGatewayAnomalies({ clock, engine, held, detect, watches });
  const gatewayDetail = openGatewayDetail({ clock, engine, detect, watches });

  return {
    list: async (parameters, ask) => {
      const today = clock.today();
      const start = parameters.start ?? addDays(earlier(parameters.end ?? today, today), -daysDefault);
      const range = resolveRange(today, { start, end: parameters.end });
      const months = monthsIn(range.start, earlier(range.end, addDays(today, 1)));
      const sides = parameters.detectedBy ?? ['vendor', 'gateway'];
      const visible = visibleConnections(connections, ask.consumer, parameters);
      return pager.page({
        operation: 'anomalies',
        question: questionOf('anomalies', parameters),
        consumer: ask.consumer.name,
        limit: parameters.limit ?? limitDefault,
        cursor: parameters.cursor,
        build: async () => {
          const gathered = await gather(visible, parameters.strict ?? false, (connection) =>
            beside(
              sides.includes('vendor') ? sightings(vendors.read(connection, range, ask), 'vendor') : null,
              sides.includes('gateway')
                ? sightings(
                    gateway.read(connection, months, ask).then((part) => part ?? unwatched),
                    'gateway',
                  )
                : null,
            ),
          );
          const items = gathered.parts
            .flatMap(({ connection, value }) =>
              value.filter(wanted(parameters, range)).map((each) => presentAnomaly(each, connection)),
            )
            .sort(latestFirst);
          const { complete, providers } = gathered;
          return { items, rest: { meta: { complete, providers } } };
        },
      });
    },
    get: async (id, ask) => {
      const colon = id.indexOf(':');
      const nativeId = id.slice(colon + 1);
      const reference = isGatewayId(nativeId) ? readGatewayId(nativeId) : null;
      if (colon < 1 || nativeId === '' || (isGatewayId(nativeId) && reference === null)) throw malformed();
      const visible = visibleConnections(connections, ask.consumer, {});
      const connection = visible.find((each) => each.id === id.slice(0, colon));
      if (connection === undefined) throw unknown(id);
      const { parts, complete, providers } = await gather(
        [connection],
        false,
        (): Promise<Part<Detailed<KnownAnomaly> | null>> =>
          reference === null
            ? vendors.find(connection, nativeId, ask)
            : gatewayDetail(connection, reference, ask.deadline),
      );
      const found = parts[0]?.value ?? null;
      if (found === null) throw unknown(id);
      const detectedBy = reference === null ? 'vendor' : 'gateway';
      const presented = presentAnomaly({ anomaly: { ...found.anomaly, nativeId }, detectedBy }, connection);
      return { data: { ...presented, ...found.detail }, meta: { complete, providers } };
    },
  };
};
