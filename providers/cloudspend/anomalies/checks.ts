import type { Scope } from '../../../src/domain/nouns.ts';
import { decode, decodeItems, type Session } from '../../../src/vendor/kit/index.ts';
import { mapConcurrently } from '../map-concurrently.ts';
import { checksRequest } from '../monitors/requests.ts';
import { checkGroupSchema } from '../monitors/wire.ts';
import { type Decoded, readPart } from '../partial.ts';
import { accountTypes, type DateRange } from '../requests.ts';
import { listAtData } from '../wire.ts';
import type { Watched } from './normalise.ts';
import { checkAnomalySchema } from './wire.ts';

const concurrencyMax = 3;
const scopeKeys = ['account', 'costCenter', 'view'] as const;

const scopeOf = (accountType: number, accountId: string | null | undefined): Scope => {
  const key = scopeKeys[accountType];
  return key === undefined || typeof accountId !== 'string' ? {} : { [key]: accountId };
};

/** The checks of the dashboard that found something: others have no anomaly id. */
export const watchedByChecks = (json: unknown, where: string): Decoded<Watched> => {
  const groups = decodeItems(checkGroupSchema, decode(listAtData, json, 'anomaly dashboard'), where);
  const rows = groups.items.map((group, index) =>
    decodeItems(checkAnomalySchema, group.values, `${where}[${index}].values`),
  );
  return {
    faults: [...groups.faults, ...rows.flatMap(({ faults }) => faults)],
    items: rows
      .flatMap(({ items }) => items)
      .flatMap((row): Watched[] =>
        row.anomaly_id === null
          ? []
          : [
              {
                watcher: 'check',
                id: row.anomaly_id,
                name: row.checks_name,
                subject: { scope: scopeOf(row.account_type, row.account_id) },
              },
            ],
      ),
  };
};

/** What the checks of users found in the range, of every status. */
export const readWatchedByChecks = async (session: Session, range: DateRange): Promise<Decoded<Watched>> => {
  const lists = await mapConcurrently(accountTypes, concurrencyMax, (type) => {
    const where = `anomaly dashboard ${type} data`;
    return readPart(where, async () => watchedByChecks((await session.call(checksRequest(type, range))).json, where));
  });
  return { items: lists.flatMap(({ items }) => items), faults: lists.flatMap(({ faults }) => faults) };
};
