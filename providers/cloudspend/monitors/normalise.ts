import type { Monitor } from '../../../src/domain/nouns.ts';
import { decode, decodeItems } from '../../../src/vendor/kit/index.ts';
import type { Decoded } from '../partial.ts';
import { listAtData } from '../wire.ts';
import { checkGroupSchema, checkSchema } from './wire.ts';

const filterKeys = ['account', 'costCenter', 'view'] as const;

export const checksOf = (json: unknown, where: string): Decoded<Monitor> => {
  const groups = decodeItems(checkGroupSchema, decode(listAtData, json, 'anomaly dashboard'), where);
  const read = groups.items.map((group, index) => decodeItems(checkSchema, group.values, `${where}[${index}].values`));
  return {
    faults: [...groups.faults, ...read.flatMap((each) => each.faults)],
    items: read.flatMap((each) =>
      each.items.map((row): Monitor => {
        const key = filterKeys[row.account_type];
        return {
          nativeId: row.checks_id,
          name: row.checks_name,
          description: null,
          filters: key === undefined || typeof row.account_id !== 'string' ? {} : { [key]: [row.account_id] },
          groupBy: [],
          sensitivity: 'medium',
          minImpact: null,
          createdAt: null,
          updatedAt: null,
        };
      }),
    ),
  };
};
