import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import { instantText } from '../../domain/day.ts';
import { Failure } from '../../domain/failure/failure.ts';
import { moneySchema } from '../../domain/money.ts';
import { type Monitor, type MonitorInput, sensitivities } from '../../domain/nouns.ts';
import type { Store } from '../../store/store.ts';
import type { MonitorSource } from '../../vendor/contract/contract.ts';
import { canonicalJson } from '../writes/fingerprint.ts';
import { keptId, openKeptThings } from '../writes/kept-things.ts';

const monitorSchema = z.object({
  nativeId: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  filters: z.record(z.string(), z.array(z.string())),
  groupBy: z.array(z.string()),
  sensitivity: z.enum(sensitivities),
  minImpact: moneySchema.nullable(),
  createdAt: z.string().nullable(),
  updatedAt: z.string().nullable(),
});

const inputOf = ({ name, description, filters, groupBy, sensitivity, minImpact }: MonitorInput) => ({
  name,
  description,
  filters: Object.fromEntries(Object.entries(filters).map(([key, values]) => [key, [...values]])),
  groupBy: [...groupBy],
  sensitivity,
  minImpact,
});

/** The monitors that the gateway itself keeps for a connection: in the store, and spoken to as a vendor's would be. */
export const gatewayMonitors = (
  store: Store,
  clock: Clock,
  storageKey: string,
  cannotWatch: (input: MonitorInput) => string | null,
): MonitorSource => {
  const kept = openKeptThings(store, 'monitors', storageKey, monitorSchema);
  const made = (nativeId: string, input: MonitorInput, createdAt: string | null) => ({
    nativeId,
    ...inputOf(input),
    createdAt,
    updatedAt: instantText(clock.now()),
  });
  const wanted = (monitor: MonitorInput | Monitor): string => canonicalJson(inputOf(monitor));

  return {
    list: () => kept.list(),
    writes: {
      cannotHold: cannotWatch,
      matches: (monitor, input) => wanted(monitor) === wanted(input),
      create: {
        deduplicates: true,
        send: async (_session, { input }, key) =>
          (await kept.find(keptId(key))) ?? kept.keep(made(keptId(key), input, instantText(clock.now()))),
      },
      replace: {
        deduplicates: true,
        send: async (_session, { nativeId, input }) => {
          const known = await kept.find(nativeId);
          if (known === null)
            throw new Failure('not-found', { public: 'There is no monitor with this id.', effect: 'never' });
          return kept.keep(made(nativeId, input, known.createdAt));
        },
      },
      remove: {
        deduplicates: true,
        send: async (_session, { nativeId }) => {
          await kept.drop(nativeId);
          return null;
        },
      },
    },
  };
};
