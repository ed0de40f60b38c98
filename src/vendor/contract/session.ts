import type { z } from 'zod';
import type { Day } from '../../domain/day.ts';
import type { VendorReply, VendorRequest } from './request.ts';

/** What a capability may use while it works for one connection. */
export interface Session {
  /** One call through the whole upstream chain: deadline, retry, circuit, credentials, throttle, timeout, size. */
  call(request: VendorRequest): Promise<VendorReply>;
  now(): number;
  today(): Day;
  /**
   * A small fact about the connection (its dialect, its accounts), loaded once and kept in the store.
   * Equal concurrent loads are one load; a failed load is not kept.
   */
  fact<T extends z.ZodType>(
    name: string,
    maxAgeMs: number,
    schema: T,
    load: () => Promise<z.output<T>>,
  ): Promise<z.output<T>>;
  /** Drops a fact that an answer of the vendor has contradicted. */
  forget(name: string): Promise<void>;
}
