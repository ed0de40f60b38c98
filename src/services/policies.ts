import { type PolicyKind, type PolicyStatus, sourcePolicySchema } from '../domain/policy.ts';
import type { ListParameters } from './list-request.ts';
import { defineList } from './plain-list.ts';

export interface PolicyParameters extends ListParameters {
  readonly kind?: readonly PolicyKind[] | undefined;
  readonly status?: readonly PolicyStatus[] | undefined;
}

export const createPolicyService = defineList({
  name: 'policies',
  item: sourcePolicySchema,
  maxAgeMs: 60 * 60_000,
  source: ({ policies }) => policies,
  present: ({ nativeId: _, ...policy }) => policy,
  wanted:
    ({ kind, status }: PolicyParameters) =>
    (policy) =>
      (kind?.includes(policy.kind) ?? true) && (status?.includes(policy.status) ?? true),
});
