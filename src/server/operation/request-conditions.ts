import type { FastifyRequest } from 'fastify';
import { Failure, type FieldFault, invalid } from '../../domain/failure/failure.ts';
import { wholeNumber } from './parameters.ts';

export const deadlineMsMax = 600_000;
const deadlineHeader = wholeNumber({ min: 1, max: deadlineMsMax });

/** The time limit of a request: `X-Deadline-Ms` can lower the limit of the gateway, never raise it. */
export const allowedMs = (request: FastifyRequest, requestDeadlineMs: number): number => {
  const text = request.headers['x-deadline-ms'];
  if (text === undefined) return requestDeadlineMs;
  const reading = deadlineHeader.safeParse(text);
  if (!reading.success) {
    throw invalid('header.x-deadline-ms', `must be a whole number from 1 to ${deadlineMsMax}, given once`);
  }
  return Math.min(reading.data, requestDeadlineMs);
};

export const saysNoCache = (request: FastifyRequest): boolean =>
  (request.headers['cache-control'] ?? '')
    .split(',')
    .some((directive) => directive.trim().toLowerCase() === 'no-cache');

const control = /\p{Cc}/u;

/** Already decoded by the router. */
export const pathParametersOf = (request: FastifyRequest): Record<string, string> => {
  const values: Record<string, string> = {};
  const faults: FieldFault[] = [];
  for (const [name, value] of Object.entries(Object(request.params))) {
    if (typeof value !== 'string' || value === '') {
      throw new Failure('not-found', { public: 'No operation has this path.' });
    }
    if (control.test(value)) faults.push({ path: `path.${name}`, message: 'must not contain control characters' });
    values[name] = value;
  }
  if (faults.length > 0) {
    throw new Failure('invalid-request', { public: 'The path is not valid: see errors.', errors: faults });
  }
  return values;
};

/** The text after the first question mark; empty without one. */
export const rawQueryOf = (request: FastifyRequest): string => {
  const url = request.raw.url ?? '';
  const mark = url.indexOf('?');
  return mark === -1 ? '' : url.slice(mark + 1);
};
