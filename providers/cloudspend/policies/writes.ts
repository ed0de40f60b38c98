import type { z } from 'zod';
import type { Scope } from '../../../src/domain/nouns.ts';
import {
  beforeEffect,
  cannotBeHeld,
  decode,
  decodeItems,
  Failure,
  type Session,
  type VendorRequest,
} from '../../../src/vendor/kit/index.ts';
import { costAccounts, forgetCostAccounts } from '../accounts/cost-accounts.ts';
import { printable } from '../failures.ts';
import { readPart } from '../partial.ts';
import { createPolicyRequest, type PolicyTarget, type PolicyUse, policiesRequest } from './requests.ts';
import { policiesSchema, policyCreatedSchema, unusedPolicySchema } from './wire.ts';

/** The one cost account or cost center that a budget or check can cover; null for any other scope. */
export const policySubject = (scope: Scope): { readonly account: string } | { readonly costCenter: string } | null => {
  const { account, costCenter, service, region, view } = scope;
  if ([service, region, view].some((part) => part !== undefined)) return null;
  if (account !== undefined && costCenter === undefined) return { account };
  return costCenter !== undefined && account === undefined ? { costCenter } : null;
};

type Place = { readonly cloud: number; readonly parent: string | null };

/** The cloud of an account, and the cost account above it where it is a billing account. */
const placeOf = async (session: Session, id: string): Promise<Place | null> => {
  const { items } = await costAccounts(session);
  const account = items.find((each) => each.id === id || each.children.some((child) => child.id === id));
  return account === undefined ? null : { cloud: account.cloud, parent: account.id === id ? null : account.id };
};

/** Refuses an account that the vendor does not list, after reading the list again. */
export const findPolicyTarget = (session: Session, scope: Scope, sentence: string): Promise<PolicyTarget> =>
  beforeEffect(async () => {
    const covered = policySubject(scope);
    if (covered === null) throw cannotBeHeld(sentence);
    if ('costCenter' in covered) return { accountType: 1, accountId: covered.costCenter, costType: 0 };
    const { account } = covered;
    let place = await placeOf(session, account);
    if (place === null) {
      await forgetCostAccounts(session);
      place = await placeOf(session, account);
    }
    if (place === null) {
      throw cannotBeHeld(`CloudSpend lists no account ${printable(account)}. Use the id from the list of accounts.`);
    }
    if (place.parent !== null) {
      throw cannotBeHeld(
        `CloudSpend covers whole cost accounts, and ${printable(account)} is a billing account of the cost account ${place.parent}. Use that one.`,
      );
    }
    return { accountType: 0, accountId: account, costType: place.cloud === 0 ? 0 : 20 };
  });

/** A policy of that name that an earlier attempt left without a budget or check; null where there is none. */
const unusedPolicy = async (session: Session, plan: PolicyPlan): Promise<string | null> => {
  const { use, name, target } = plan;
  const { items } = await readPart(`policies of a ${use}`, async () => {
    const { data } = decode(
      policiesSchema,
      (await session.call(policiesRequest(use, target.accountType))).json,
      'policies',
    );
    // Policies of other kinds of accounts may be in the list, and those in use do not fit the schema.
    return decodeItems(unusedPolicySchema, data, 'policies');
  });
  const same = items.find(
    (policy) =>
      policy.policy_name === name &&
      policy.account_type === target.accountType &&
      policy.account_id === target.accountId &&
      policy.cost_type === target.costType,
  );
  return same?.policy_id ?? null;
};

export interface PolicyPlan {
  readonly use: PolicyUse;
  readonly name: string;
  readonly target: PolicyTarget;
}

const policyFor = (session: Session, plan: PolicyPlan): Promise<string> =>
  beforeEffect(async () => {
    const unused = await unusedPolicy(session, plan);
    if (unused !== null) return unused;
    const { json } = await session.call(createPolicyRequest(plan.use, plan.name, plan.target));
    return decode(policyCreatedSchema, json, `the policy of a ${plan.use}`);
  });

/**
 * Creates a policy and then the budget or check under it. The vendor removes no policy: one that is left over has no
 * effect, is named by the failure, and is used by the next attempt.
 */
export const createUnderPolicy = async <Schema extends z.ZodType>(
  session: Session,
  plan: PolicyPlan & { readonly created: (policyId: string) => VendorRequest; readonly schema: Schema },
): Promise<z.output<Schema>> => {
  const { use, name } = plan;
  const policyId = await policyFor(session, plan);
  try {
    return decode(plan.schema, (await session.call(plan.created(policyId))).json, `the creation of a ${use}`);
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    const { details } = thrown;
    throw new Failure(thrown.kind, {
      ...details,
      public: `${details.public} The policy ${printable(policyId)} (${printable(name)}) that was made for the ${use} stays in CloudSpend; it does nothing by itself, and the next attempt uses it.`,
      cause: thrown,
    });
  }
};
