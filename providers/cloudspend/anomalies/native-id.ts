import type { WatchedId } from './requests.ts';

/** An anomaly: what is watched, and the epoch of the day on which it was out of line. */
export interface AnomalyId extends WatchedId {
  readonly detected: string;
}

const checkPrefix = 'checks:';

export const nativeIdOf = ({ watcher, id, detected }: AnomalyId): string =>
  `${watcher === 'check' ? checkPrefix : ''}${id}:${detected}`;

/** Null where the text is no such id. */
export const readNativeId = (nativeId: string): AnomalyId | null => {
  const watcher = nativeId.startsWith(checkPrefix) ? 'check' : 'vendor';
  const [, id, detected] =
    /^(.+):(\d{9,14})$/.exec(watcher === 'check' ? nativeId.slice(checkPrefix.length) : nativeId) ?? [];
  return id === undefined || detected === undefined ? null : { watcher, id, detected };
};
