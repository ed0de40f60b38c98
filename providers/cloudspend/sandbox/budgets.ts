import { addDays, addMonths, type Day, monthOf, monthStart } from '../../../src/domain/day.ts';
import { costAccounts, costCenters, type Leaf, solutionReport } from './estate.ts';
import { unitsOf, type World } from './world.ts';

const unit = unitsOf('1');

export interface Policy {
  readonly id: string;
  readonly name: string;
  readonly accountType: number;
  readonly accountId: string;
  readonly costType: number;
}
type PolicyScope = Pick<Policy, 'accountType' | 'accountId'>;

export interface SandboxBudget {
  readonly id: string;
  readonly name: string;
  readonly policy: Policy;
  readonly period: string;
  /** In units of the world. */
  readonly limit: () => bigint;
}

const covers = ({ accountType, accountId }: PolicyScope): ((leaf: Leaf) => boolean) => {
  if (accountType === 0) return (leaf) => leaf.costAccount === accountId;
  if (accountType === 2) return (leaf) => accountId === solutionReport.id && leaf.region === solutionReport.region;
  const members = costCenters.find((center) => center.id === accountId)?.cost_account_id ?? [];
  return (leaf) => members.includes(leaf.costAccount);
};

export const nameOf = ({ accountType, accountId }: PolicyScope): string =>
  accountType === 2
    ? solutionReport.name
    : ([...costAccounts, ...costCenters].find((each) => each.id === accountId)?.name ?? '');

const periodStart = (period: string, today: Day): Day => {
  if (period === 'Daily') return today;
  return period === 'YTD' ? `${today.slice(0, 4)}-01-01` : monthStart(monthOf(today));
};

/** The budgets of the simulated customer, and those that callers add. */
export class BudgetBook {
  readonly #world: World;
  readonly #policies: Policy[] = [];
  readonly #budgets: SandboxBudget[] = [];

  constructor(world: World) {
    this.#world = world;
    const [retail, analytics, azure] = costAccounts;
    // On every day one is exceeded, one is near its limit or forecast to exceed it, and one is well below.
    this.#seed('Retail ceiling', 0, retail?.id, 'Monthly', 30n);
    this.#seedRaised('Analytics clusters', analytics?.id);
    this.#seed('Workplace', 0, azure?.id, 'Monthly', 520n);
    this.#seed('Commerce per day', 1, costCenters[0]?.id, 'Daily', 2n);
    this.#seed('us-east-1', 2, solutionReport.id, 'MTD', 110n);
  }
  #seed(name: string, accountType: number, accountId = '', period: string, percent: bigint): void {
    const policy = this.addPolicy(`${name} policy`, accountType, accountId);
    // A share of the previous month's cost in hundreds, so it is constant within a month.
    const limit = (): bigint => {
      const first = monthStart(monthOf(this.#world.today()));
      const before = this.#world.total(addMonths(first, -1), addDays(first, -1), covers(policy));
      return ((before * percent) / (unit * 10_000n)) * 100n * unit;
    };
    this.addBudget({ name, policy, period, limit });
  }
  /** A budget that is raised by a fifth whenever it is used up, so that it is always near its limit. */
  #seedRaised(name: string, accountId = ''): void {
    const policy = this.addPolicy(`${name} policy`, 0, accountId);
    const limit = (): bigint => {
      const today = this.#world.today();
      const spent = this.#world.total(monthStart(monthOf(today)), today, covers(policy));
      let raised = 100n * unit;
      while (raised < spent) raised = (raised * 6n) / 5n;
      return raised;
    };
    this.addBudget({ name, policy, period: 'Monthly', limit });
  }
  addPolicy(name: string, accountType: number, accountId: string, costType = 0): Policy {
    const policy = { id: String(35 + this.#policies.length), name, accountType, accountId, costType };
    this.#policies.push(policy);
    return policy;
  }
  addBudget(budget: Omit<SandboxBudget, 'id'>): SandboxBudget {
    const added = { id: String(72 + this.#budgets.length), ...budget };
    this.#budgets.push(added);
    return added;
  }
  policy(id: string): Policy | undefined {
    return this.#policies.find((policy) => policy.id === id);
  }
  /** Every policy with the number of its budgets. */
  policies(): readonly (Policy & { readonly budgets: number })[] {
    return this.#policies.map((policy) => ({
      ...policy,
      budgets: this.#budgets.filter((budget) => budget.policy === policy).length,
    }));
  }
  budget(id: string | undefined): SandboxBudget | undefined {
    return this.#budgets.find((budget) => budget.id === id);
  }
  ofType(accountType: string | null): SandboxBudget[] {
    return this.#budgets.filter((budget) => String(budget.policy.accountType) === accountType);
  }

  state(budget: SandboxBudget) {
    const today = this.#world.today();
    const limit = budget.limit();
    const spent = this.#world.total(periodStart(budget.period, today), today, covers(budget.policy));
    const forecast = budget.period === 'Daily' || budget.period === 'YTD' ? spent : this.#world.monthForecast(spent);
    return { limit, spent, forecast };
  }
  history(budget: SandboxBudget) {
    const today = this.#world.today();
    const first = addMonths(monthStart(monthOf(today)), -5);
    const holds = covers(budget.policy);
    const usage = this.#world.series(first, today, true, (leaf) => (holds(leaf) ? 'all' : null)).get('all');
    return usage ?? new Map<Day, bigint>();
  }
}
