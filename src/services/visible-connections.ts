import type { Consumer } from '../domain/consumer.ts';
import { Failure, type FieldFault } from '../domain/failure/failure.ts';
import type { Connection } from '../vendor/connection.ts';

export interface ConnectionFilter {
  readonly provider?: readonly string[] | undefined;
  readonly connection?: readonly string[] | undefined;
}

/** The requested connections that the consumer may see. Unknown names are a 400 that lists the known ones. */
export const visibleConnections = (
  all: readonly Connection[],
  consumer: Consumer,
  filter: ConnectionFilter,
): Connection[] => {
  const allowed = all.filter((each) => consumer.connections?.has(each.id) ?? true);
  const errors = [
    ...unknownNameFaults('query.provider', filter.provider, [...new Set(allowed.map((each) => each.provider))]),
    ...unknownNameFaults(
      'query.connection',
      filter.connection,
      allowed.map((each) => each.id),
    ),
  ];
  if (errors.length > 0)
    throw new Failure('invalid-request', { public: 'The request is not valid: see errors.', errors });
  return allowed.filter(
    (each) => (filter.provider?.includes(each.provider) ?? true) && (filter.connection?.includes(each.id) ?? true),
  );
};

const unknownNameFaults = (
  path: string,
  asked: readonly string[] | undefined,
  known: readonly string[],
): FieldFault[] =>
  (asked ?? [])
    .filter((name) => !known.includes(name))
    .map((name) => ({ path, message: `${name} is not known; known are ${known.join(', ') || 'none'}` }));
