import { type Decimal, decimalText } from '../../../src/domain/decimal.ts';
import type { SandboxReply } from '../../../src/vendor/sandbox/server.ts';
import type { Variants } from './variants.ts';

/** Marks a text that is sent as a JSON number with all its digits. */
export const numberText = (value: Decimal): string => `\u0000${decimalText(value)}`;

export const jsonReply = (value: unknown): SandboxReply => ({
  text: JSON.stringify(value).replace(/"\\u0000(-?[\d.]+)"/g, '$1'),
  contentType: 'application/json',
});

/** The error format of all API versions. */
export const errorReply = (
  status: number,
  code: string,
  message: string,
  fields: readonly string[] = [],
): SandboxReply => ({ status, json: { errors: [{ code, message, fields }] } });

export const invalidRange = (): SandboxReply =>
  errorReply(400, 'billing_service.invalid_range', 'from and to are no range of time.', ['from', 'to']);
export const invalidParameter = (name: string): SandboxReply =>
  errorReply(400, 'billing_service.invalid_parameter', `The parameter ${name} has an unknown value.`, [name]);
export const organizationNotFound = (): SandboxReply =>
  errorReply(404, 'organization.not_found', 'There is no such organization.', ['organization_id']);
export const instanceNotFound = (): SandboxReply =>
  errorReply(404, 'billing_service.instance_not_found', 'There is no such instance.', ['instance_id']);
export const notFound = (): SandboxReply =>
  errorReply(404, 'root.resource_not_found', 'There is nothing under this path.');
/** Plain text, as observed with the real service. */
export const unauthorized = (): SandboxReply => ({ status: 401, text: '401: Unauthorized' });
export const forbidden = (organizationId: string, variants: Variants): SandboxReply => {
  const text = `User does not have 'billing-costs:get:${organizationId}' permissions`;
  return variants.has('json-errors')
    ? errorReply(403, 'organization.invalid_access', text)
    : { status: 403, text: `403: ${text}` };
};
