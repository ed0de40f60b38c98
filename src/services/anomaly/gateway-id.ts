import { noValue } from '../../costs/query/query.ts';
import { type Day, readDay } from '../../domain/day.ts';

/** Dimensions that are watched without a monitor. */
export const builtInDimensions = ['account', 'service', 'region'] as const;
export type BuiltInDimension = (typeof builtInDimensions)[number];

/** The gateway anomaly that an id refers to. */
export interface GatewayReference {
  /** The dimension of the built-in watch, or the native id of a monitor. */
  readonly watch: { readonly dimension: BuiltInDimension } | { readonly monitor: string };
  /** In the order of the watch's `groupBy`; one empty text if that is empty. */
  readonly values: readonly (string | null)[];
  readonly day: Day;
  /** Set if the group has several currencies and this is not the first of them. */
  readonly currency: string | null;
}

/** Parentheses are encoded too, so that no value looks like `noValue`. */
const encodeValue = (value: string | null): string =>
  value === null ? noValue : encodeURIComponent(value.toWellFormed()).replaceAll('(', '%28').replaceAll(')', '%29');

const decodeValue = (text: string): string | null | undefined => {
  if (text === noValue) return null;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** `gw:<dimension>:<value>:<day>`, or for a monitor `gw:monitor:<id>:<values>:<day>`. A currency may follow. */
export const gatewayId = ({ watch, values, day, currency }: GatewayReference): string =>
  [
    'gw',
    ...('dimension' in watch ? [watch.dimension] : ['monitor', encodeValue(watch.monitor)]),
    values.map(encodeValue).join(','),
    day,
    ...(currency === null ? [] : [currency]),
  ].join(':');

export const isGatewayId = (nativeId: string): boolean => nativeId.startsWith('gw:');

const readWatch = (parts: readonly string[]): GatewayReference['watch'] | null => {
  const [kind, id] = parts;
  const dimension = builtInDimensions.find((each) => each === kind);
  if (dimension !== undefined && parts.length === 1) return { dimension };
  const monitor = decodeValue(id ?? '') ?? '';
  return kind === 'monitor' && parts.length === 2 && monitor !== '' ? { monitor } : null;
};

/** Null if the text is not a valid id. */
export const readGatewayId = (nativeId: string): GatewayReference | null => {
  const [, ...parts] = nativeId.split(':');
  const currency = /^[A-Z]{3}$/.test(parts.at(-1) ?? '') ? (parts.pop() ?? null) : null;
  const day = readDay(parts.pop() ?? '');
  const values = (parts.pop() ?? '').split(',').map(decodeValue);
  const watch = readWatch(parts);
  const known = values.filter((value) => value !== undefined);
  if (watch === null || day === null || known.length < values.length) return null;
  return { watch, values: known, day, currency };
};
