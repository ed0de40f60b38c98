import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../domain/clock.ts';
import type { SendableAnswer } from '../operation/answer.ts';
import { chooseCoding, codings, compressor } from './content-coding.ts';
import { namesTag } from './entity-tag.ts';
import type { RenderedAnswer } from './rendered-answer.ts';

/** How long callers and proxies may cache an answer. */
export interface Lifetime {
  readonly maxAgeSeconds: number;
  readonly staleWhileRevalidateSeconds: number;
}

export type Origin =
  | { readonly kind: 'stored'; readonly madeAt: number; readonly freshUntil: number }
  | { readonly kind: 'made'; readonly joined: boolean; readonly refused: boolean };

/** Of an answer that no other request shares: made for this request, or kept by who made it. */
export const originOf = ({ kept }: SendableAnswer, clock: Clock): Origin =>
  kept === undefined
    ? { kind: 'made', joined: false, refused: false }
    : {
        kind: 'stored',
        madeAt: clock.monotonic() - (clock.now() - kept.asOf),
        freshUntil: clock.monotonic() + kept.freshMs,
      };

const vary = 'Accept, Accept-Encoding, Authorization, X-Api-Key';
const seconds = (milliseconds: number): number => Math.max(0, Math.floor(milliseconds / 1000));

/** Short, so that callers soon request the missing parts again. */
const incompleteLifetime: Lifetime = { maxAgeSeconds: 5, staleWhileRevalidateSeconds: 0 };

const cacheControl = (lifetime: Lifetime, complete: boolean): string => {
  const { maxAgeSeconds, staleWhileRevalidateSeconds } = complete ? lifetime : incompleteLifetime;
  const maxAge = Math.min(maxAgeSeconds, lifetime.maxAgeSeconds);
  return `private, max-age=${maxAge}, stale-while-revalidate=${staleWhileRevalidateSeconds}`;
};

/** RFC 9211. */
const cacheStatus = (origin: Origin, stale: boolean, clock: Clock): string => {
  const collapsed = origin.kind === 'made' && origin.joined ? '; collapsed' : '';
  if (stale) return `cost-gateway; fwd=stale${collapsed}`;
  if (origin.kind === 'stored') return `cost-gateway; hit; ttl=${seconds(origin.freshUntil - clock.monotonic())}`;
  return `cost-gateway; fwd=${origin.refused ? 'request' : 'miss'}${collapsed}`;
};

/** A stale answer is as old as its data; any other as old as the answer itself. */
const ageOf = (representation: RenderedAnswer, origin: Origin, clock: Clock): number => {
  if (representation.staleSince !== null) return seconds(clock.now() - representation.staleSince);
  return origin.kind === 'stored' ? seconds(clock.monotonic() - origin.madeAt) : 0;
};

/** The bytes in the coding that the request prefers; 304 if the caller has them. */
export const answerWith = (
  representation: RenderedAnswer,
  { headers: requested }: FastifyRequest,
  lifetime: Lifetime,
  origin: Origin,
  clock: Clock,
): SendableAnswer => {
  const coding = chooseCoding(requested['accept-encoding'], [...representation.compressed.keys()]);
  const { body, tag } = (coding === null ? undefined : representation.compressed.get(coding)) ?? representation.plain;
  const headers = {
    ...representation.headers,
    etag: tag,
    vary,
    'cache-control': cacheControl(lifetime, representation.complete),
    'cache-status': cacheStatus(origin, representation.stale, clock),
    age: String(ageOf(representation, origin, clock)),
  };
  if (namesTag(requested['if-none-match'], tag)) return { status: 304, headers };
  return {
    status: 200,
    headers: coding === null ? headers : { ...headers, 'content-encoding': coding },
    contentType: representation.contentType,
    bytes: body,
  };
};

/** Lines are not stored or tagged: they are not known before they are sent. */
export const answerLines = (answer: SendableAnswer, request: FastifyRequest, lifetime: Lifetime): SendableAnswer => {
  const coding = chooseCoding(request.headers['accept-encoding'], codings);
  const complete = answer.headers?.['cost-gateway-complete'] === 'true';
  const headers = {
    ...answer.headers,
    vary,
    'cache-control': cacheControl(lifetime, complete),
    'cache-status': 'cost-gateway; fwd=miss',
    age: '0',
  };
  if (coding === null) return { ...answer, headers };
  return { ...answer, headers: { ...headers, 'content-encoding': coding }, through: () => compressor(coding) };
};

export const unstored = (answer: SendableAnswer): SendableAnswer => ({
  ...answer,
  headers: { 'cache-control': 'no-store', ...answer.headers },
});
