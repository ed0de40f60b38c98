import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../domain/clock.ts';
import type { SendableAnswer } from '../operation/answer.ts';
import { chooseCoding, codings, compressor } from './content-coding.ts';
import { namesTag } from './entity-tag.ts';
import type { RenderedAnswer } from './representation.ts';

/** How long others may keep an answer. */
export interface Lifetime {
  readonly maxAgeSeconds: number;
  readonly staleWhileRevalidateSeconds: number;
}

/** Where an answer came from. */
export type Origin =
  | { readonly kind: 'kept'; readonly madeAt: number; readonly freshUntil: number }
  | { readonly kind: 'made'; readonly joined: boolean; readonly refused: boolean };

/** What a read says to every cache on its way, whoever asks. */
const vary = 'Accept, Accept-Encoding, Authorization, X-Api-Key';
const seconds = (milliseconds: number): number => Math.max(0, Math.floor(milliseconds / 1000));

/** What is not all there is asked for again soon. */
const incomplete: Lifetime = { maxAgeSeconds: 5, staleWhileRevalidateSeconds: 0 };

const cacheControl = (lifetime: Lifetime, complete: boolean): string => {
  const { maxAgeSeconds, staleWhileRevalidateSeconds } = complete ? lifetime : incomplete;
  const least = Math.min(maxAgeSeconds, lifetime.maxAgeSeconds);
  return `private, max-age=${least}, stale-while-revalidate=${staleWhileRevalidateSeconds}`;
};

/** RFC 9211. */
const cacheStatus = (origin: Origin, stale: boolean, clock: Clock): string => {
  const collapsed = origin.kind === 'made' && origin.joined ? '; collapsed' : '';
  if (stale) return `cost-gateway; fwd=stale${collapsed}`;
  if (origin.kind === 'kept') return `cost-gateway; hit; ttl=${seconds(origin.freshUntil - clock.monotonic())}`;
  return `cost-gateway; fwd=${origin.refused ? 'request' : 'miss'}${collapsed}`;
};

/** Figures that stand in are as old as their reading; others as old as the answer. */
const ageOf = (representation: RenderedAnswer, origin: Origin, clock: Clock): number => {
  if (representation.staleSince !== null) return seconds(clock.now() - representation.staleSince);
  return origin.kind === 'kept' ? seconds(clock.monotonic() - origin.madeAt) : 0;
};

/** The bytes that this request asks for, or 304 if it has them. */
export const answerWith = (
  representation: RenderedAnswer,
  { headers: asked }: FastifyRequest,
  lifetime: Lifetime,
  origin: Origin,
  clock: Clock,
): SendableAnswer => {
  const coding = chooseCoding(asked['accept-encoding'], [...representation.compressed.keys()]);
  const { body, tag } = (coding === null ? undefined : representation.compressed.get(coding)) ?? representation.plain;
  const headers = {
    ...representation.headers,
    etag: tag,
    vary,
    'cache-control': cacheControl(lifetime, representation.complete),
    'cache-status': cacheStatus(origin, representation.stale, clock),
    age: String(ageOf(representation, origin, clock)),
  };
  if (namesTag(asked['if-none-match'], tag)) return { status: 304, headers };
  return {
    status: 200,
    headers: coding === null ? headers : { ...headers, 'content-encoding': coding },
    contentType: representation.contentType,
    bytes: body,
  };
};

/** Lines are neither kept nor tagged: nobody knows them before they are sent. */
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

/** For what nobody may keep. */
export const unstored = (answer: SendableAnswer): SendableAnswer => ({
  ...answer,
  headers: { 'cache-control': 'no-store', ...answer.headers },
});
