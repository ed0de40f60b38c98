import { z } from 'zod';
import { Failure, type VendorReply, type VendorRequest } from '../../src/vendor/kit/index.ts';
import { operations } from './catalogue.ts';

const errorsSchema = z.object({
  errors: z.array(z.object({ code: z.string().nullish(), message: z.string().nullish() })).min(1),
});

/** Vendor text that may be quoted: printable and short. */
const printable = (text: string): string =>
  text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 200);

/** 403 names the permission when it comes from the billing service, as plain text or as JSON. */
const permissionPattern =
  /^(?:403: )?User does not have '([a-z][a-z-]{0,60}:[a-z]{1,20}:[A-Za-z0-9_-]{1,64})' permissions/;

const permissionMissing = (texts: readonly string[]): Failure => {
  const permission = texts.map((text) => permissionPattern.exec(text)?.[1]).find((name) => name !== undefined);
  const named = permission === undefined ? '' : ` (it lacks ${permission})`;
  return new Failure('permission-missing', {
    public: `Elastic Cloud refuses this API key the billing data${named}. The key needs the role Billing admin in the organization.`,
  });
};

const rateLimited = (): Failure =>
  new Failure('vendor-throttled', { public: 'Elastic Cloud limits the rate of billing requests for a while.' });

const budgetOperations: readonly string[] = [
  operations.listBudgets.id,
  operations.getBudget.id,
  operations.createBudget.id,
  operations.updateBudget.id,
  operations.deleteBudget.id,
];

const notFound = (operation: string): Failure =>
  new Failure('vendor-not-found', {
    public: budgetOperations.includes(operation)
      ? 'Elastic Cloud has no such budget, or no budgets for this organization.'
      : 'Elastic Cloud knows no such organization. Check the organization id: organizationId (ELASTIC_ORGANIZATION_ID).',
  });

/** The billing service answers in three forms: plain text (403), `{ errors: [{ code, message }] }`, and bare statuses. */
export const readFailure = (reply: VendorReply, request: Pick<VendorRequest, 'operation'>): Failure | null => {
  if (reply.status >= 200 && reply.status <= 299) return null;
  const parsed = errorsSchema.safeParse(reply.json);
  const errors = parsed.success ? parsed.data.errors : [];
  const said = printable(errors.map((error) => error.message ?? error.code ?? '').join('; '));
  if (reply.status === 429 || errors.some((error) => error.code === 'billing_service.rate_limited')) {
    return rateLimited();
  }
  switch (reply.status) {
    case 400:
      return new Failure('vendor-rejected', {
        public: `Elastic Cloud rejects the request${said === '' ? '.' : `: ${said}`}`,
      });
    case 401:
      return new Failure('credentials-rejected', {
        public: 'Elastic Cloud refuses the API key: it is wrong, expired or revoked. Check apiKey (ELASTIC_API_KEY).',
      });
    case 403:
      return permissionMissing([reply.text, ...errors.map((error) => error.message ?? '')]);
    case 404:
      return notFound(request.operation);
    case 424:
      return new Failure('vendor-unavailable', {
        public: 'Elastic Cloud cannot reach a service of its own that the billing data depends on.',
      });
    default:
      return null;
  }
};
