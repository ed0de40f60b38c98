import { addDays } from '../../src/domain/day.ts';
import type { Monitor, MonitorInput, Scope } from '../../src/domain/nouns.ts';
import {
  beforeEffect,
  cannotBeHeld,
  decode,
  decodeItems,
  type MonitorSource,
  type Session,
} from '../../src/vendor/kit/index.ts';
import { distinctBy } from './distinct.ts';
import { displayCurrency } from './facts.ts';
import { inTurn } from './in-turn.ts';
import type { Decoded } from './normalise.ts';
import { coveredBy, createUnderPolicy, targetOf } from './policy.ts';
import { budgetAccountTypes, readAnomalyChecks } from './requests.ts';
import { listAtData } from './wire.ts';
import { checkCreatedSchema, checkGroupSchema, checkSchema } from './wire-checks.ts';
import { createCheck, createCheckPolicy } from './write-requests.ts';

const width = 3;
/** The list wants a range for its counts, which are not read; the checks are all there whatever it is. */
const lookBackDays = 30;

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

const sentence =
  'A CloudSpend anomaly check watches one account or one cost center: its filters have to name one value of either, and nothing else.';

/** The filters as a scope; null where they name anything but one value a key. */
const scopeOf = ({ filters }: MonitorInput): Scope | null => {
  const scope: { account?: string; costCenter?: string } = {};
  for (const [key, values] of Object.entries(filters)) {
    const [value, ...more] = values;
    if (value === undefined || more.length > 0 || !(key === 'account' || key === 'costCenter')) return null;
    scope[key] = value;
  }
  return coveredBy(scope) === null ? null : scope;
};

export const cannotHold = (input: MonitorInput): string | null => {
  if (scopeOf(input) === null) return sentence;
  if (input.groupBy.length > 0) return 'A CloudSpend anomaly check watches one sum: groupBy has to be empty.';
  if (input.description !== null) return 'A CloudSpend anomaly check has no description: it has to be left out.';
  return null;
};

export const matches = (monitor: Monitor, input: MonitorInput): boolean =>
  monitor.name === input.name && JSON.stringify(monitor.filters) === JSON.stringify(input.filters);

/** A minimum impact is an amount of the display currency; without one that currency goes along with zero. */
const currencyFor = (session: Session, input: MonitorInput): Promise<string> =>
  beforeEffect(async () => {
    const currency = await displayCurrency(session);
    if (input.minImpact !== null && input.minImpact.currency !== currency) {
      throw cannotBeHeld(`CloudSpend holds amounts in its display currency, which is ${currency} now.`);
    }
    return currency;
  });

export const monitors: MonitorSource = {
  list: async (session) => {
    const today = session.today();
    const lists = await inTurn(budgetAccountTypes, width, async (type) => {
      const request = readAnomalyChecks(type, addDays(today, -lookBackDays), addDays(today, 1));
      return checksOf((await session.call(request)).json, `anomaly dashboard ${type} data`);
    });
    const { items, faults } = distinctBy(
      lists.flatMap((list) => list.items),
      (check) => check.nativeId,
      'anomaly dashboard',
    );
    const message =
      'CloudSpend does not list the sensitivity and minimum impact of a check; medium and none stand there.';
    return {
      items,
      notes: items.length === 0 ? [] : [{ code: 'sensitivity-unknown', message }],
      faults: [...lists.flatMap((list) => list.faults), ...faults],
    };
  },
  // The vendor creates checks, and neither changes nor removes them.
  writes: {
    cannotHold,
    matches,
    create: {
      deduplicates: false,
      send: async (session, { input }) => {
        const target = await targetOf(session, scopeOf(input) ?? {}, sentence);
        const currency = await currencyFor(session, input);
        const nativeId = await createUnderPolicy(session, {
          policy: createCheckPolicy(input.name, target),
          created: (policyId) => createCheck(input, currency, policyId),
          schema: checkCreatedSchema,
          what: 'check',
        });
        return { ...input, nativeId, createdAt: null, updatedAt: null };
      },
    },
  },
};
