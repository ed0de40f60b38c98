import type { CostEngine } from '../../costs/engine.ts';
import { resolveRange } from '../../costs/query/query.ts';
import type { Clock } from '../../domain/clock.ts';
import { addDays, type Day, earlier, monthsIn } from '../../domain/day.ts';
import { parseDecimal } from '../../domain/decimal.ts';
import { Failure, invalid } from '../../domain/failure/failure.ts';
import type { Severity } from '../../domain/nouns.ts';
import type { Connection } from '../../vendor/connection.ts';
import { gather } from '../../vendor/gather.ts';
import type { ListCache } from '../../vendor/list-cache.ts';
import type { Part } from '../../vendor/part.ts';
import type { Ask, ListParameters } from '../list-request.ts';
import type { Lister } from '../lister.ts';
import type { PagedAnswer } from '../paging/pager.ts';
import { visibleConnections } from '../visible-connections.ts';
import { createGatewayAnomalies } from './gateway-anomalies.ts';
import { createGatewayDetail, type Detailed } from './gateway-detail.ts';
import { isGatewayId, readGatewayId } from './gateway-id.ts';
import { createMonthDetector } from './month-detector.ts';
import { emptyPart, readBoth } from './parts.ts';
import { type AttributedAnomaly, hasImpact, type KnownAnomaly, presentAnomaly } from './present.ts';
import { anomalyDaysDefault, createVendorAnomalies } from './vendor-anomalies.ts';
import { createWatches, type OwnMonitors } from './watches.ts';

export interface AnomalyParameters extends ListParameters {
  readonly start?: Day | undefined;
  readonly end?: Day | undefined;
  readonly severity?: readonly Severity[] | undefined;
  readonly status?: readonly ('open' | 'closed')[] | undefined;
  readonly detectedBy?: readonly AttributedAnomaly['detectedBy'][] | undefined;
  readonly minImpact?: string | undefined;
}

export interface AnomalyService {
  list(parameters: AnomalyParameters, ask: Ask): Promise<PagedAnswer>;
  get(id: string, ask: Ask): Promise<{ readonly data: object; readonly meta: object }>;
}

export interface AnomalyServiceOptions {
  readonly clock: Clock;
  readonly engine: CostEngine;
  readonly listCache: ListCache;
  readonly lister: Lister;
  readonly connections: readonly Connection[];
  readonly ownMonitors: OwnMonitors;
}

const withDetector = (
  part: Promise<Part<readonly KnownAnomaly[]>> | null,
  detectedBy: AttributedAnomaly['detectedBy'],
): Promise<Part<readonly AttributedAnomaly[]>> | null =>
  part?.then((each) => ({ ...each, value: each.value.map((anomaly) => ({ anomaly, detectedBy })) })) ?? null;

/** Latest first, then by id. */
const latestFirst = (
  left: { readonly detectedAt: string; readonly id: string },
  right: { readonly detectedAt: string; readonly id: string },
): number => {
  if (left.detectedAt !== right.detectedAt) return left.detectedAt < right.detectedAt ? 1 : -1;
  return left.id < right.id ? -1 : 1;
};

const unwatchedPart: Part<readonly never[]> = {
  ...emptyPart,
  notes: [
    { code: 'no-daily-costs', message: 'this connection has no daily costs in which anomalies could be detected' },
  ],
};

const matchesFilters = (parameters: AnomalyParameters, range: { readonly start: Day; readonly end: Day }) => {
  const minimum = parameters.minImpact === undefined ? null : parseDecimal(parameters.minImpact);
  return ({ anomaly }: AttributedAnomaly): boolean =>
    anomaly.day >= range.start &&
    anomaly.day < range.end &&
    (parameters.severity?.includes(anomaly.severity) ?? true) &&
    (parameters.status?.includes(anomaly.status) ?? true) &&
    (minimum === null || hasImpact(anomaly, minimum));
};

const unknownAnomaly = (id: string): Failure =>
  new Failure('not-found', {
    public: `There is no anomaly ${id.slice(0, 200)}. See the list of anomalies.`,
    effect: 'never',
  });

const malformedId = (): Failure =>
  invalid('path.id', 'must have the form <connection>:<native id>, percent-encoded, as the list of anomalies gives it');

export const createAnomalyService = (options: AnomalyServiceOptions): AnomalyService => {
  const { clock, engine, listCache, lister, connections } = options;
  const detect = createMonthDetector();
  const watches = createWatches(options.ownMonitors);
  const vendors = createVendorAnomalies(listCache, clock);
  const gateway = createGatewayAnomalies({ clock, engine, listCache, detect, watches });
  const gatewayDetail = createGatewayDetail({ clock, engine, detect, watches });

  return {
    list: async (parameters, ask) => {
      const today = clock.today();
      const start = parameters.start ?? addDays(earlier(parameters.end ?? today, today), -anomalyDaysDefault);
      const range = resolveRange(today, { start, end: parameters.end });
      const months = monthsIn(range.start, earlier(range.end, addDays(today, 1)));
      const detectors = parameters.detectedBy ?? ['vendor', 'gateway'];
      return lister.list({
        name: 'anomalies',
        parameters,
        ask,
        part: (connection) =>
          readBoth(
            detectors.includes('vendor') ? withDetector(vendors.read(connection, range, ask), 'vendor') : null,
            detectors.includes('gateway')
              ? withDetector(
                  gateway.read(connection, months, ask).then((part) => part ?? unwatchedPart),
                  'gateway',
                )
              : null,
          ),
        items: (parts) =>
          parts
            .flatMap(({ connection, value }) =>
              value.filter(matchesFilters(parameters, range)).map((each) => presentAnomaly(each, connection)),
            )
            .sort(latestFirst),
      });
    },
    get: async (id, ask) => {
      const colon = id.indexOf(':');
      const nativeId = id.slice(colon + 1);
      const reference = isGatewayId(nativeId) ? readGatewayId(nativeId) : null;
      if (colon < 1 || nativeId === '' || (isGatewayId(nativeId) && reference === null)) throw malformedId();
      const visible = visibleConnections(connections, ask.consumer, {});
      const connection = visible.find((each) => each.id === id.slice(0, colon));
      if (connection === undefined) throw unknownAnomaly(id);
      const { parts, complete, providers } = await gather(
        [connection],
        false,
        (): Promise<Part<Detailed<KnownAnomaly> | null>> =>
          reference === null
            ? vendors.find(connection, nativeId, ask)
            : gatewayDetail(connection, reference, ask.deadline),
      );
      const found = parts[0]?.value ?? null;
      if (found === null) throw unknownAnomaly(id);
      const detectedBy = reference === null ? 'vendor' : 'gateway';
      const presented = presentAnomaly({ anomaly: { ...found.anomaly, nativeId }, detectedBy }, connection);
      return { data: { ...presented, ...found.detail }, meta: { complete, providers } };
    },
  };
};
