import { decimal, decimalText, divide } from '../../../src/domain/decimal.ts';
import { exactNumber } from '../../../src/vendor/kit/index.ts';
import type { SandboxReply } from '../../../src/vendor/sandbox/server.ts';

/** Fields that the document does not promise. */
const optional: ReadonlySet<string> = new Set([
  'alias',
  'cloud_account_name',
  'cost_account_name',
  'forecast_cost',
  'forecast_val',
  'forecasted_val',
  'notify_via',
  'top_resources',
  'total_prev_month',
]);

const isId = (key: string, value: unknown): value is string =>
  /(?:^|_)id$/.test(key) && typeof value === 'string' && /^[1-9]\d*$/.test(value);

const thinned = (key: string, value: unknown, context?: { readonly source?: string }): unknown => {
  if (optional.has(key)) return undefined;
  if (isId(key, value)) return exactNumber(value);
  return typeof value === 'number' && context?.source?.includes('.') === true ? context.source : value;
};

/** Without its optional fields, with amounts as texts and ids as numbers. */
export const sparseReply = (reply: SandboxReply): SandboxReply =>
  reply.text === undefined ? reply : { ...reply, text: JSON.stringify(JSON.parse(reply.text, thinned)) };

/** With three decimals, as the vendor shows its figures. */
export const roundedReply = (reply: SandboxReply): SandboxReply =>
  reply.text === undefined
    ? reply
    : {
        ...reply,
        text: reply.text.replaceAll(/(?<=[[,:])-?\d+\.\d{4,}(?=[,\]}])/g, (number) =>
          decimalText(divide(decimal(number), decimal('1'), 3) ?? decimal(number)),
        ),
      };
