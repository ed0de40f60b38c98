import type { z } from 'zod';
import type { Scope } from '../../../src/domain/nouns.ts';
import {
  beforeEffect,
  cannotBeHeld,
  decode,
  Failure,
  type Session,
  type VendorRequest,
} from '../../../src/vendor/kit/index.ts';
import { costAccounts, forgetCostAccounts } from '../accounts/cost-accounts.ts';
import { printable } from '../failures.ts';
import type { PolicyTarget } from './requests.ts';
import { policyCreatedSchema } from './wire.ts';

/** The one account or cost center that a budget or check can cover; null for any other scope. */
export const policySubject = (scope: Scope): { readonly account: string } | { readonly costCenter: string } | null => {
  const { account, costCenter, service, region, view } = scope;
  if ([service, region, view].some((part) => part !== undefined)) return null;
  if (account !== undefined && costCenter === undefined) return { account };
  return costCenter !== undefined && account === undefined ? { costCenter } : null;
};

/** The cloud of a cost account, or of the one that a billing account belongs to. */
const cloudOf = async (session: Session, id: string): Promise<number | null> => {
  const { items } = await costAccounts(session);
  return items.find((account) => account.id === id || account.children.some((child) => child.id === id))?.cloud ?? null;
};

/** Refuses an account that the vendor does not list, after reading the list again. */
export const findPolicyTarget = (session: Session, scope: Scope, sentence: string): Promise<PolicyTarget> =>
  beforeEffect(async () => {
    const covered = policySubject(scope);
    if (covered === null) throw cannotBeHeld(sentence);
    if ('costCenter' in covered) return { accountType: 1, accountId: covered.costCenter, costType: 0 };
    let cloud = await cloudOf(session, covered.account);
    if (cloud === null) {
      await forgetCostAccounts(session);
      cloud = await cloudOf(session, covered.account);
    }
    if (cloud === null) {
      throw cannotBeHeld(
        `CloudSpend lists no account ${printable(covered.account)}. Use the id from the list of accounts.`,
      );
    }
    return { accountType: 0, accountId: covered.account, costType: cloud === 0 ? 0 : 20 };
  });

/**
 * Creates a policy and then the budget or check under it. A policy alone has no effect, so if creating it fails,
 * nothing has changed.
 */
export const createUnderPolicy = async <Schema extends z.ZodType>(
  session: Session,
  steps: {
    readonly policy: VendorRequest;
    readonly created: (policyId: string) => VendorRequest;
    readonly schema: Schema;
    /** `budget` or `check`. */
    readonly what: string;
  },
): Promise<z.output<Schema>> => {
  const policyId = await beforeEffect(async () =>
    decode(policyCreatedSchema, (await session.call(steps.policy)).json, `the policy of a ${steps.what}`),
  );
  try {
    return decode(steps.schema, (await session.call(steps.created(policyId))).json, `the creation of a ${steps.what}`);
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    const { details } = thrown;
    throw new Failure(thrown.kind, {
      ...details,
      public: `${details.public} The policy ${printable(policyId)} that was made for the ${steps.what} stays in CloudSpend; it does nothing by itself.`,
      cause: thrown,
    });
  }
};
