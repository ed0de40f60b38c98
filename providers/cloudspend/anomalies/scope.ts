import type { Scope } from '../../../src/domain/nouns.ts';
import type { Note } from '../../../src/vendor/kit/index.ts';
import { type CostAccount, idOfName } from '../accounts/normalise.ts';
import { printable } from '../failures.ts';
import type { Watched } from './normalise.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What the names of anomalies are looked up in. */
export interface KnownNames {
  readonly accounts: readonly CostAccount[];
  readonly costCenters: readonly Named[];
}

const costCenterCategory = '10002';

export const namesCostCenter = ({ subject }: Watched): boolean =>
  'category' in subject && subject.category === costCenterCategory;

/** The account of an anomaly by its name; the cost account above it where the name stands for several. */
const billingAccount = (accounts: readonly CostAccount[], name: string, parent: string | null): string | null => {
  const inside = accounts.filter(({ id }) => parent === null || id === parent);
  return (
    idOfName(
      inside.flatMap(({ children }) => children),
      name,
    ) ?? parent
  );
};

const withId = <Key extends 'account' | 'costCenter'>(key: Key, id: string | null): Scope =>
  id === null ? {} : { [key]: id };

/**
 * 1 region, 2 service, 3 billing account, 10001 cost account, 10002 cost center; the rest has no place in a scope. The
 * vendor tells names, and a scope has ids: a name that stands for none is left out.
 */
export const scopeOf = ({ name, subject }: Watched, { accounts, costCenters }: KnownNames): Scope => {
  if ('scope' in subject) return subject.scope;
  const { category, costAccount } = subject;
  const parent = costAccount === null ? null : idOfName(accounts, costAccount);
  const above = withId('account', parent);
  switch (category) {
    case '1':
      return { ...above, region: name };
    case '2':
      return { ...above, service: name };
    case '3':
      return withId('account', billingAccount(accounts, name, parent));
    case '10001':
      return withId('account', idOfName(accounts, name));
    case costCenterCategory:
      return withId('costCenter', idOfName(costCenters, name));
    default:
      return above;
  }
};

/** Says of which anomalies the account or cost center is not told, because their names stand for none or several. */
export const namelessNotes = (watched: readonly Watched[], names: KnownNames): Note[] => {
  const lacking = watched.flatMap((each) => {
    const { subject } = each;
    if ('scope' in subject) return [];
    const { account, costCenter } = scopeOf(each, names);
    const hasAccount = ['3', '10001'].includes(subject.category) || (subject.costAccount ?? '') !== '';
    const lacks =
      subject.category === costCenterCategory ? costCenter === undefined : hasAccount && account === undefined;
    return lacks ? [subject.costAccount ?? each.name] : [];
  });
  if (lacking.length === 0) return [];
  const named = [...new Set(lacking.map(printable))];
  return [
    {
      code: 'account-of-anomaly-unknown',
      message: `CloudSpend names accounts or cost centers of anomalies that are not in its lists, or are there more than once: ${named.slice(0, 5).join(', ')}. Their scope is left out.`,
    },
  ];
};
