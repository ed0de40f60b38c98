import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import { type Dimension, isDimension } from '../../domain/dimension.ts';
import { takeTurns } from '../../domain/turns.ts';
import { everyKey } from '../../store/every-key.ts';
import type { Store } from '../../store/store.ts';
import { type Segment, type SegmentKey, segmentFamily, segmentName } from './segment.ts';
import { decodeSegment, encodeSegment } from './segment-bytes.ts';

export interface SegmentCache {
  get(key: SegmentKey): Promise<Segment | null>;
  inMemory(key: SegmentKey): Segment | null;
  /** Reads from the store even if the segment is in memory, because another process may have fetched a newer one. */
  reread(key: SegmentKey): Promise<Segment | null>;
  put(segment: Segment): Promise<void>;
  /** The sets of dimensions for which segments of this cube are stored. */
  dimensionSets(family: Omit<SegmentKey, 'month' | 'dimensions'>): Promise<readonly (readonly Dimension[])[]>;
  /** Number and size of the segments in memory for one storage key. */
  figures(storageKey: string): { segments: number; bytes: number };
  /** Size of all segments in memory. */
  readonly bytes: number;
}

const segmentKeepMs = 400 * 86_400_000;
const dimensionsSchema = z.array(z.string().refine(isDimension));

/** Estimated size in memory: columns and dictionaries. */
const segmentBytes = (segment: Segment): number => {
  let bytes = 2000;
  for (const { units, codes, quantities } of segment.blocks.values())
    bytes += 200 + units.length * (40 + 4 * codes.length) + (quantities?.units.length ?? 0) * 44;
  for (const dictionary of segment.dictionaries) for (const value of dictionary) bytes += 40 + (value?.length ?? 0) * 2;
  return bytes;
};

const newestReadTime = (segment: Segment): number =>
  Math.max(0, ...[...segment.blocks.values()].map(({ asOf }) => asOf));

/** Segments in memory, bounded by bytes, in front of the store. */
export const createSegmentCache = (
  clock: Clock,
  store: Store,
  bytesMax: number,
  onFault: (what: string, cause: unknown) => void,
): SegmentCache => {
  const memory = new LRUCache<string, Segment>({ maxSize: bytesMax, sizeCalculation: segmentBytes });
  const sets = new Map<string, Map<string, readonly Dimension[]>>();
  /** By family; all who ask while it is listed wait for the same list. */
  const listings = new Map<string, Promise<void>>();
  const reads = new Map<string, Promise<Segment | null>>();

  /** The sets of dimensions in the store. The names of segments end with them. */
  const storedSets = async (family: string): Promise<Dimension[][]> => {
    try {
      const keys = await everyKey(store, `${family}/`);
      const texts = new Set(keys.map((key) => decodeURIComponent(key.slice(key.lastIndexOf('/') + 1))));
      return [...texts].map((text) => dimensionsSchema.parse(JSON.parse(text)));
    } catch (cause) {
      onFault('the segments in the store could not be listed', cause);
      return [];
    }
  };

  const listStored = async (family: string): Promise<void> => {
    const stored = await storedSets(family);
    const known = sets.get(family) ?? new Map<string, readonly Dimension[]>();
    for (const dimensions of stored) known.set(JSON.stringify(dimensions), dimensions);
    sets.set(family, known);
  };

  const remember = (segment: Segment): void => {
    memory.set(segmentName(segment.key), segment);
    const family = segmentFamily(segment.key);
    const known = sets.get(family) ?? new Map<string, readonly Dimension[]>();
    known.set(JSON.stringify(segment.key.dimensions), segment.key.dimensions);
    sets.set(family, known);
  };

  const read = async (key: SegmentKey): Promise<Segment | null> => {
    const name = segmentName(key);
    try {
      const bytes = await store.get(name);
      if (bytes === null) return null;
      const segment = await decodeSegment(key, bytes, takeTurns(clock));
      if (segment === null) {
        await store.delete(name);
        return null;
      }
      const cached = memory.get(name);
      if (cached !== undefined && newestReadTime(cached) > newestReadTime(segment)) return cached;
      remember(segment);
      return segment;
    } catch (cause) {
      onFault('a segment could not be read from the store', cause);
      return null;
    }
  };

  return {
    get: async (key) => {
      const name = segmentName(key);
      const cached = memory.get(name);
      if (cached !== undefined) return cached;
      const reading = reads.get(name) ?? read(key).finally(() => reads.delete(name));
      reads.set(name, reading);
      return reading;
    },
    inMemory: (key) => memory.get(segmentName(key)) ?? null,
    reread: read,
    put: async (segment) => {
      remember(segment);
      try {
        const bytes = await encodeSegment(segment, takeTurns(clock));
        await store.set(segmentName(segment.key), bytes, { expiresInMs: segmentKeepMs });
      } catch (cause) {
        onFault('a segment could not be written to the store', cause);
      }
    },
    dimensionSets: async (family) => {
      const name = segmentFamily(family);
      const listing = listings.get(name) ?? listStored(name);
      listings.set(name, listing);
      await listing;
      return [...(sets.get(name) ?? new Map<string, readonly Dimension[]>()).values()];
    },
    get bytes() {
      return memory.calculatedSize;
    },
    figures: (storageKey) => {
      let segments = 0;
      let bytes = 0;
      for (const segment of memory.values()) {
        if (segment.key.storageKey.split('/', 1)[0] !== storageKey) continue;
        segments += 1;
        bytes += segmentBytes(segment);
      }
      return { segments, bytes };
    },
  };
};
