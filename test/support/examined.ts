import type { Clock } from '../../src/domain/clock.ts';
import { fine } from '../../src/services/doctor/check.ts';
import { type Examination, examine } from '../../src/services/doctor/examine.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import type { Store } from '../../src/store/store.ts';
import { openConnection } from '../../src/vendor/connection.ts';
import type { UpstreamEvent } from '../../src/vendor/upstream/call/events.ts';
import type { Heard } from '../../src/vendor/upstream/hear.ts';
import { endpointTo } from './vendor-line.ts';

/** Examines one connection as the doctor does, over a store in memory unless one is given. */
export const examineConnection = async (
  provider: string,
  settings: Readonly<Record<string, string>>,
  clock: Clock,
  store: Store = createMemoryStore(clock),
): Promise<Examination> => {
  const heard: Heard[] = [];
  const events: UpstreamEvent[] = [];
  const connection = openConnection({
    ...endpointTo(provider, settings),
    store,
    clock,
    userAgent: 'cost-gateway/test',
    observe: (event) => events.push(event),
    hear: (answer) => heard.push(answer),
  });
  try {
    return await examine(connection, { heard, events }, fine('store', 'not examined'), clock);
  } finally {
    await connection.upstream.close();
  }
};
