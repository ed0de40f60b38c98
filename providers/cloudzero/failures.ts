import { Failure, type VendorReply, type VendorRequest } from '../../src/vendor/kit/index.ts';
import { isTelemetry, type Operation, operationOf } from './catalogue.ts';
import { errorSchema } from './wire.ts';

/** At most 200 printable characters of what the vendor said, or null. */
const vendorText = (reply: VendorReply): string | null => {
  const parsed = errorSchema.safeParse(reply.json);
  if (!parsed.success) return null;
  const printable = [...parsed.data.replace(/[\p{C}\s]+/gu, ' ').trim()].slice(0, 200).join('');
  return printable === '' ? null : printable;
};

const withVendorText = (sentence: string, reply: VendorReply): string => {
  const words = vendorText(reply);
  return words === null ? `${sentence}.` : `${sentence}: "${words}"`;
};

/** The route without ids. */
const nameOf = (request: VendorRequest): string =>
  `${request.method} ${operationOf(request.operation)?.path ?? 'route of this kind'}`;

/** The cost query has a day's allowance of its own, and telemetry a rate: neither says anything about the other routes. */
const pausesOf = (operation: Operation | null): 'operation' | 'connection' =>
  operation !== null && (operation.scope === 'billing:read_costs' || isTelemetry(operation))
    ? 'operation'
    : 'connection';

/** Other statuses are classified by the gateway. */
export const readFailure = (reply: VendorReply, request: VendorRequest): Failure | null => {
  const operation = operationOf(request.operation);
  const internal = `${request.operation} answered ${reply.status}`;
  switch (reply.status) {
    case 400:
    case 422:
      return new Failure('vendor-rejected', {
        public: withVendorText(
          `CloudZero refused the ${request.effect === 'write' ? 'change' : 'query'} as it stands`,
          reply,
        ),
        internal,
      });
    case 401:
      return new Failure('credentials-rejected', {
        public: 'CloudZero does not accept the API key. Check CLOUDZERO_API_KEY (apiKey).',
        internal,
      });
    case 403:
      // A wrong key and a missing scope look alike in the live dialect.
      return new Failure('permission-missing', {
        public: `CloudZero refused the API key for this: it is not valid, or it lacks the scope ${operation?.scope ?? `that ${nameOf(request)} needs`}.`,
        internal,
      });
    case 404:
    case 405:
      return new Failure('vendor-not-found', {
        public: operation?.path.includes('{id}')
          ? `CloudZero has nothing of that id under ${nameOf(request)}. If the id is right, check CLOUDZERO_DIALECT (dialect).`
          : `CloudZero has no ${nameOf(request)} at this address. Check CLOUDZERO_BASE_URL (baseUrl) and CLOUDZERO_DIALECT (dialect).`,
        internal,
      });
    case 410:
      return new Failure('vendor-incomplete', {
        public: 'CloudZero dropped the result before its last page was read.',
        internal,
      });
    case 429:
      return new Failure('vendor-throttled', {
        public: withVendorText('CloudZero asks to slow down', reply),
        internal,
        pauses: pausesOf(operation),
      });
    case 503:
      // Telemetry beyond the rate is answered so, and to be sent again later.
      return operation !== null && isTelemetry(operation)
        ? new Failure('vendor-throttled', {
            public: 'CloudZero takes no more telemetry at the moment.',
            internal,
            pauses: 'operation',
          })
        : null;
    case 504:
      // The vendor gives up a cost query after 30 seconds; its gateway says so by this status.
      return operation?.scope === 'billing:read_costs'
        ? new Failure('vendor-timeout', { public: 'CloudZero did not finish the cost query in its time.', internal })
        : null;
    default:
      return null;
  }
};
