import type { FailureKind } from './failure.ts';

export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** For the page of the kind: its meaning, and what to do. */
  readonly explanation: string;
}

/** What callers see of each kind of failure. Nothing else sets the status of an error. */
export const problemKinds = {
  'invalid-request': {
    status: 400,
    title: 'The request is not valid',
    explanation:
      'Something in the query, the path, a header or the body is not what this operation takes. Every fault is listed under `errors` with the place where it stands and what is legal there. Correct those fields and send the request again; repeating it unchanged gives the same answer.',
  },
  unauthenticated: {
    status: 401,
    title: 'A valid credential is needed',
    explanation:
      'The request carries no credential that the gateway accepts: it is missing, unknown, expired, or there are two different ones. Send one API key or token, as `Authorization: Bearer …` or as `X-Api-Key`. The answer is the same whatever is wrong with the credential; the operator of the gateway can see in its log which consumers exist.',
  },
  forbidden: {
    status: 403,
    title: 'The credential does not allow this',
    explanation:
      'The credential is valid, but it lacks the scope that the operation needs, or may not see the connection that was asked for. The detail names the scope. Ask the operator of the gateway for a key that carries it.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing here',
    explanation:
      'No operation has this path, or the thing that it names does not exist or no longer does. Check the path against the API reference, and the id against the list that it came from. Ids contain a colon and must be percent-encoded where they contain a slash.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The path does not take this method',
    explanation:
      'The path exists, but not with this HTTP method. The `Allow` header of the answer lists the methods that it takes.',
  },
  'not-acceptable': {
    status: 406,
    title: 'No acceptable representation',
    explanation:
      'The `Accept` header rules out every media type in which this operation can answer. The detail lists those that exist. Ask for one of them, or send no `Accept` header to get JSON.',
  },
  conflict: {
    status: 409,
    title: 'The request conflicts with the present state',
    explanation:
      'What was asked for cannot be done to the thing as it is now, for example because something with the same identity exists already. Read the thing again, decide what should hold, and send a request that fits.',
  },
  'cursor-expired': {
    status: 410,
    title: 'The cursor has expired',
    explanation:
      'A cursor is a page of one fixed snapshot, and that snapshot is no longer kept, or the consumer may see other connections or has other scopes than when it was made. Pages of a newer one would not fit those already read. Start again from the first page, without a cursor.',
  },
  'payload-too-large': {
    status: 413,
    title: 'The body is too large',
    explanation:
      'The body exceeds what the gateway reads for one request. Send the records in several smaller requests. The limit is one mebibyte unless the operation says otherwise.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body has an unsupported media type',
    explanation:
      'Bodies are JSON in UTF-8, sent once with `Content-Type: application/json` and without a content encoding. Correct the header, and convert or decompress the body before sending it.',
  },
  'capability-unsupported': {
    status: 422,
    title: 'The vendor cannot do this',
    explanation:
      'The request is well formed, but the vendor behind the connection has no such capability, or not for what was asked. The detail says what is possible. `GET /v1/providers` lists what each connection can do; choose another connection or a request within its abilities.',
  },
  'conversion-unavailable': {
    status: 422,
    title: 'No exchange rate is known',
    explanation:
      'Amounts were asked for in one currency, and for some of them no rate is known. Without `strict=true` they stay in their own currency and the answer is not complete. The detail names the currencies and the months. Add the rate to `exchangeRates` in the connections file, ask without `currency`, or ask for other months; `GET /v1/exchange-rates` lists the rates in use.',
  },
  'question-too-large': {
    status: 422,
    title: 'The question is too large',
    explanation:
      'The answer would have more sums, one for each period, group and currency, than the gateway computes for one question. The detail says how many there would be and how many are allowed; nothing was cut off. Group by less, filter, ask for a shorter range, for longer periods with `granularity`, or ask several questions. `top` does not help, because every group has to be summed to find the largest.',
  },
  'idempotency-conflict': {
    status: 409,
    title: 'The same request is still running',
    explanation:
      'Another request with this `Idempotency-Key` has not finished yet. Wait for it, then repeat the request with the same key: the answer of the first one is returned. Nothing was done twice.',
  },
  'idempotency-mismatch': {
    status: 422,
    title: 'The idempotency key belongs to another request',
    explanation:
      'This `Idempotency-Key` was already used with a different body or path. A key stands for one request and its repetitions. Use a new key for a new request.',
  },
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    explanation:
      'This consumer has used up its share of requests for the current window. Wait as long as `Retry-After` says. The `RateLimit` and `RateLimit-Policy` headers of every answer tell how much is left.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The request headers are too large',
    explanation:
      'The request line and headers together exceed what the gateway reads. Shorten the query, or remove headers, cookies and tokens that are not needed, and send the request again.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request took too long to arrive',
    explanation:
      'The headers or the body of the request did not arrive in time, so the connection was closed. Nothing was done. Send the request again over a connection that delivers it without long pauses.',
  },
  internal: {
    status: 500,
    title: 'The gateway failed',
    explanation:
      'Something went wrong inside the gateway that should not have. It is not a fault of the request. Give the request id to the operator: the log holds the cause under it.',
  },
  'not-ready': {
    status: 503,
    title: 'The gateway is not ready',
    explanation:
      'The gateway is starting, or is about to stop. Another replica may answer at once; otherwise repeat the request after what `Retry-After` says.',
  },
  overloaded: {
    status: 503,
    title: 'The gateway has too much to do',
    explanation:
      'More requests are waiting than can be answered in time, so this one was turned away before any work was done for it. Repeat it after what `Retry-After` says, and lower the rate of requests if this goes on.',
  },
  'deadline-exceeded': {
    status: 504,
    title: 'The deadline has passed',
    explanation:
      'No answer was ready within the time allowed for the request. A read that has begun goes on and its result is cached, so the same request is often answered at once a little later. A longer `X-Deadline-Ms` helps only up to the limit of the gateway.',
  },
  'idempotency-unavailable': {
    status: 503,
    title: 'Writes cannot be protected at the moment',
    explanation:
      'The store that keeps a write from being done twice cannot be reached, and the vendor offers no protection of its own. The write was refused and nothing was sent. Repeat it with the same `Idempotency-Key` after what `Retry-After` says.',
  },
  'storage-unavailable': {
    status: 503,
    title: 'The storage of the gateway cannot be written',
    explanation:
      'The disk of the gateway is full, read-only or faulty, so it could not record the write, and the vendor offers no protection against a second one. The write was refused and nothing was sent. Repeat it with the same `Idempotency-Key` after what `Retry-After` says; reads go on meanwhile. The operator should look at `DATA_DIR`; no restart is needed once there is space.',
  },
  'outcome-unknown': {
    status: 504,
    title: 'It is not known whether the write was done',
    explanation:
      'The write was sent to the vendor, but its answer never came, so it may or may not have been done. The gateway does not send it again by itself. Read the thing back before deciding whether to repeat the request.',
  },
  'vendor-unavailable': {
    status: 502,
    title: 'The vendor cannot be reached',
    explanation:
      "The vendor's service could not be reached or answered with an error of its own. The gateway has already tried again where that is safe. Repeat the request later; `GET /v1/providers` shows the health of each connection.",
  },
  'vendor-timeout': {
    status: 504,
    title: 'The vendor did not answer in time',
    explanation:
      'The vendor accepted the request but gave no complete answer within the time allowed for one. Repeat the request later, or ask for a shorter range or fewer dimensions.',
  },
  'vendor-throttled': {
    status: 429,
    title: 'The vendor asks for fewer requests',
    explanation:
      'The vendor has refused further requests for a while, and the gateway obeys for every consumer at once. `Retry-After` is what is left of the pause. Data that the gateway has cached is still served.',
  },
  'quota-exhausted': {
    status: 429,
    title: "The vendor's quota is used up",
    explanation:
      'The vendor allows a fixed number of such requests in a window, and all of them have been spent. The gateway never exceeds that number. `Retry-After` says when the next one becomes free; `GET /v1/providers` shows every quota.',
  },
  'circuit-open': {
    status: 503,
    title: 'The connection is being left alone',
    explanation:
      'The vendor has failed several times in a row, so the gateway has stopped asking for a short time. It tries again by itself. Repeat the request after what `Retry-After` says; an operator can close the circuit earlier.',
  },
  'vendor-rejected': {
    status: 502,
    title: 'The vendor refused the request',
    explanation:
      'The vendor understood the request but would not do it, for a reason that the gateway could not foresee. The detail says what is known. Change what is asked for; the same request will most likely be refused again.',
  },
  'vendor-not-found': {
    status: 502,
    title: 'The vendor does not know what was asked for',
    explanation:
      'The vendor answered that the resource does not exist, where the gateway expected one. The settings of the connection may name a wrong organisation or base URL, or the vendor may have moved its endpoint. The operator should check the connection.',
  },
  'vendor-redirected': {
    status: 502,
    title: 'The vendor redirected the request',
    explanation:
      'The vendor answered with a redirect, which the gateway does not follow because credentials would travel with it. The base URL or data centre of the connection is probably wrong. The operator should correct it.',
  },
  'vendor-malformed': {
    status: 502,
    title: 'The answer of the vendor could not be read',
    explanation:
      "The vendor's answer is not of the form that it documents, so no figure was taken from it. This is often temporary. If it persists, the vendor has changed its interface and the gateway needs an update; the log names what did not fit.",
  },
  'vendor-too-large': {
    status: 502,
    title: 'The answer of the vendor is too large',
    explanation:
      "The vendor's answer exceeds what the gateway is willing to read for one request. Ask for a shorter range, fewer dimensions or a narrower filter.",
  },
  'vendor-incomplete': {
    status: 502,
    title: 'The answer of the vendor is incomplete',
    explanation:
      'The vendor delivered only part of the data, for example a list whose pages end too early or repeat. A part would look like the whole, so it is not used as if it were. Repeat the request later.',
  },
  'credentials-rejected': {
    status: 502,
    title: "The vendor rejects the gateway's credentials",
    explanation:
      'The key or token of this connection is wrong, expired or revoked at the vendor. Nothing in the request can change that. The operator of the gateway should renew the credentials of the connection.',
  },
  'permission-missing': {
    status: 502,
    title: "The gateway's credentials lack a permission",
    explanation:
      'The vendor knows the credentials of this connection but does not let them do what was asked. The operator of the gateway should give them the permission that the detail names, or use others.',
  },
} as const satisfies Record<FailureKind, ProblemKind>;

export const problemPath = (kind: FailureKind): string => `/problems/${kind}`;
