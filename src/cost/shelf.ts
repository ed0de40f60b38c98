import { LRUCache } from 'lru-cache';
import type { Dimension } from '../domain/dimension.ts';
import type { Store } from '../store/store.ts';
import { decodeSegment, encodeSegment, type Segment, type SegmentKey, segmentFamily, segmentName } from './segment.ts';

export interface Shelf {
  get(key: SegmentKey): Promise<Segment | null>;
  put(segment: Segment): Promise<void>;
  /** The sets of dimensions of this cube that anything is held of. */
  dimensionSets(family: Omit<SegmentKey, 'month' | 'dimensions'>): readonly (readonly Dimension[])[];
  /** What is held for one storage key. */
  figures(storageKey: string): { segments: number; bytes: number };
}

const keepMs = 400 * 86_400_000;

/** A rough size in memory: columns, plus the texts of dictionaries and labels. */
const bytesOf = (segment: Segment): number => {
  let bytes = 2000;
  for (const block of segment.blocks.values()) bytes += 200 + block.units.length * (40 + 4 * block.codes.length);
  for (const dictionary of segment.dictionaries) for (const value of dictionary) bytes += 40 + (value?.length ?? 0) * 2;
  return bytes;
};

/** Segments in memory, bounded by bytes, in front of the store. */
export const openShelf = (store: Store, bytesMax: number, onFault: (what: string, cause: unknown) => void): Shelf => {
  const memory = new LRUCache<string, Segment>({ maxSize: bytesMax, sizeCalculation: bytesOf });
  const sets = new Map<string, Map<string, readonly Dimension[]>>();
  const reads = new Map<string, Promise<Segment | null>>();

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
      const segment = decodeSegment(key, bytes);
      if (segment === null) await store.delete(name);
      else remember(segment);
      return segment;
    } catch (cause) {
      onFault('a segment could not be read from the store', cause);
      return null;
    }
  };

  return {
    get: async (key) => {
      const name = segmentName(key);
      const held = memory.get(name);
      if (held !== undefined) return held;
      const reading = reads.get(name) ?? read(key).finally(() => reads.delete(name));
      reads.set(name, reading);
      return reading;
    },
    put: async (segment) => {
      remember(segment);
      try {
        await store.set(segmentName(segment.key), encodeSegment(segment), { expiresInMs: keepMs });
      } catch (cause) {
        onFault('a segment could not be kept in the store', cause);
      }
    },
    dimensionSets: (family) => [...(sets.get(segmentFamily(family))?.values() ?? [])],
    figures: (storageKey) => {
      let segments = 0;
      let bytes = 0;
      for (const segment of memory.values()) {
        if (segment.key.storageKey.split('/', 1)[0] !== storageKey) continue;
        segments += 1;
        bytes += bytesOf(segment);
      }
      return { segments, bytes };
    },
  };
};
