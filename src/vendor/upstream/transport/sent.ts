import { channel } from 'node:diagnostics_channel';
import { z } from 'zod';
import type { VendorRequest } from '../../contract/request.ts';
import { payloadOf } from './target.ts';

/** A request as it left the gateway, without its credentials. */
export const sentRequestSchema = z.object({
  provider: z.string(),
  method: z.string(),
  /** Behind the base URL, without the query. */
  path: z.string(),
  query: z.array(z.tuple([z.string(), z.string()]).readonly()).readonly(),
  /** Names in lower case; of what authenticates nothing but the scheme. */
  headers: z.record(z.string(), z.string()),
  body: z.string().nullable(),
});
export type SentRequest = z.output<typeof sentRequestSchema>;

/** For whoever checks what is sent. Without a subscriber nothing is built, and nothing is published. */
export const sentRequestChannel = 'cost-gateway:sent-request';
const sentRequests = channel(sentRequestChannel);

const schemeOf = (value: string): string => /^([\w-]+) /.exec(value)?.[1] ?? '';

const withoutCredentials = (headers: Readonly<Record<string, string>>, authorisation: readonly string[]) => {
  const secret = new Set(authorisation.map((name) => name.toLowerCase()));
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const known = name.toLowerCase();
      if (known === 'authorization') return [known, schemeOf(value)];
      return [known, secret.has(known) ? '' : value];
    }),
  );
};

/** A request that carries no credential of its own asks for one, with what its parameters and its body hold. */
const hidden = (request: VendorRequest): VendorRequest => {
  const { json, form, query, ...rest } = request;
  const names = (pairs: readonly (readonly [string, string])[]) => pairs.map(([name]) => [name, '[secret]'] as const);
  return {
    ...rest,
    ...(query === undefined ? {} : { query: names(query) }),
    ...(form === undefined ? {} : { form: names(form) }),
    ...(json === undefined ? {} : { json: '[secret]' }),
  };
};

export const publishSent = (
  provider: string | undefined,
  given: VendorRequest,
  authorisation: Readonly<Record<string, string>>,
): void => {
  if (provider === undefined || !sentRequests.hasSubscribers) return;
  const request = given.credentials === 'none' ? hidden(given) : given;
  const payload = payloadOf(request);
  const sent: SentRequest = {
    provider,
    method: request.method,
    path: request.path,
    query: request.query ?? [],
    headers: withoutCredentials(
      { ...payload.headers, ...request.headers, ...authorisation },
      Object.keys(authorisation),
    ),
    body: payload.body === null ? null : Buffer.from(payload.body).toString('utf8'),
  };
  sentRequests.publish(sent);
};
