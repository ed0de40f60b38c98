import { type Day, readDay } from '../../domain/day.ts';

/** What is watched without anybody asking for it. */
export const builtInDimensions = ['account', 'service', 'region'] as const;
export type BuiltInDimension = (typeof builtInDimensions)[number];

/** Which anomaly of the gateway's own an id names. */
export interface GatewayReference {
  /** The dimension of the built-in watch, or the native id of a monitor. */
  readonly watch: { readonly dimension: BuiltInDimension } | { readonly monitor: string };
  /** In the order of what the watch groups by; one empty text where it groups by nothing. */
  readonly values: readonly (string | null)[];
  readonly day: Day;
  /** Set where the group is billed in several currencies and this is not the first of them. */
  readonly currency: string | null;
}

/** How a cost filter says "the rows without one". */
export const noValue = 'null()';

/** Parentheses are encoded too, so that no value looks like the absent one. */
const encode = (value: string | null): string =>
  value === null ? noValue : encodeURIComponent(value.toWellFormed()).replaceAll('(', '%28').replaceAll(')', '%29');

const decode = (text: string): string | null | undefined => {
  if (text === noValue) return null;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** `gw:<dimension>:<value>:<day>`, of a monitor `gw:monitor:<id>:<values>:<day>`. */
export const gatewayId = ({ watch, values, day, currency }: GatewayReference): string =>
  [
    'gw',
    ...('dimension' in watch ? [watch.dimension] : ['monitor', encode(watch.monitor)]),
    values.map(encode).join(','),
    day,
    ...(currency === null ? [] : [currency]),
  ].join(':');

export const isGatewayId = (nativeId: string): boolean => nativeId.startsWith('gw:');

const readWatch = (parts: readonly string[]): GatewayReference['watch'] | null => {
  const [kind, id] = parts;
  const dimension = builtInDimensions.find((each) => each === kind);
  if (dimension !== undefined && parts.length === 1) return { dimension };
  const monitor = decode(id ?? '') ?? '';
  return kind === 'monitor' && parts.length === 2 && monitor !== '' ? { monitor } : null;
};

/** Null for what only looks like one. */
export const readGatewayId = (nativeId: string): GatewayReference | null => {
  const [, ...parts] = nativeId.split(':');
  const currency = /^[A-Z]{3}$/.test(parts.at(-1) ?? '') ? (parts.pop() ?? null) : null;
  const day = readDay(parts.pop() ?? '');
  const values = (parts.pop() ?? '').split(',').map(decode);
  const watch = readWatch(parts);
  const known = values.filter((value) => value !== undefined);
  if (watch === null || day === null || known.length < values.length) return null;
  return { watch, values: known, day, currency };
};
