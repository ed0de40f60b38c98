import type { Monitor, MonitorInput, Scope } from '../../../src/domain/nouns.ts';
import { beforeEffect, cannotBeHeld, type MonitorWrites, type Session } from '../../../src/vendor/kit/index.ts';
import { displayCurrency } from '../display-currency.ts';
import { contactsOf } from '../policies/contacts.ts';
import { createUnderPolicy, findPolicyTarget, policySubject } from '../policies/writes.ts';
import { createCheckRequest } from './requests.ts';
import { checkCreatedSchema } from './wire.ts';

const filterRule =
  'A CloudSpend anomaly check watches one cost account or one cost center: its filters have to name one value of either, and nothing else.';

/** The filters as a scope; null where they name anything but one value a key. */
const scopeOf = ({ filters }: MonitorInput): Scope | null => {
  const scope: { account?: string; costCenter?: string } = {};
  for (const [key, values] of Object.entries(filters)) {
    const [value, ...more] = values;
    if (value === undefined || more.length > 0 || !(key === 'account' || key === 'costCenter')) return null;
    scope[key] = value;
  }
  return policySubject(scope) === null ? null : scope;
};

export const cannotHold = (input: MonitorInput): string | null => {
  if (scopeOf(input) === null) return filterRule;
  if (input.groupBy.length > 0) return 'A CloudSpend anomaly check watches one sum: groupBy has to be empty.';
  if (input.description !== null) return 'A CloudSpend anomaly check has no description: it has to be left out.';
  return null;
};

export const matches = (monitor: Monitor, input: MonitorInput): boolean =>
  monitor.name === input.name && JSON.stringify(monitor.filters) === JSON.stringify(input.filters);

/** The display currency, which a minimum impact has to be in. Without one, a check is created with zero of it. */
const currencyFor = (session: Session, input: MonitorInput): Promise<string> =>
  beforeEffect(async () => {
    const currency = await displayCurrency(session);
    if (input.minImpact !== null && input.minImpact.currency !== currency) {
      throw cannotBeHeld(`CloudSpend holds amounts in its display currency, which is ${currency} now.`);
    }
    return currency;
  });

/** The vendor creates checks, but neither changes nor removes them. */
export const monitorWrites: MonitorWrites = {
  cannotHold,
  matches,
  create: {
    deduplicates: false,
    send: async (session, { input }) => {
      const target = await findPolicyTarget(session, scopeOf(input) ?? {}, filterRule);
      const currency = await currencyFor(session, input);
      const contacts = await beforeEffect(() => contactsOf(session, 'check', []));
      const nativeId = await createUnderPolicy(session, {
        use: 'check',
        name: input.name,
        target,
        created: (policyId) => createCheckRequest(input, { currency, policyId, contacts }),
        schema: checkCreatedSchema,
      });
      return { ...input, nativeId, createdAt: null, updatedAt: null };
    },
  },
};
