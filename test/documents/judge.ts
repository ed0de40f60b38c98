import { hash } from 'node:crypto';
import type { SandboxAnswer } from '../../src/vendor/sandbox/answered.ts';
import type { SentRequest } from '../../src/vendor/upstream/transport/sent.ts';
import { checkAccepted, checkAnswer, checkRequest, type Finding } from './checks.ts';
import type { Described, DocumentException } from './described.ts';
import type { Violation } from './validator.ts';
import { type Dialect, openDialects } from './vendor.ts';

/** Holds traffic against the documents of the registered vendors, and counts. */

/** A violation that no exception excuses. */
export interface Contradiction {
  /** Equal for what differs only in the value or in its position in a list. */
  readonly key: string;
  readonly sentence: string;
}

export interface Tally {
  /** By `provider/dialect`. */
  readonly requests: Record<string, number>;
  readonly answers: Record<string, number>;
  /** By `provider/exception`. */
  readonly exceptions: Record<string, number>;
}

export interface Judge {
  request(request: SentRequest): readonly Contradiction[];
  answer(answer: SandboxAnswer): readonly Contradiction[];
  readonly tally: Tally;
}

type Side = DocumentException['on'];

/** Without positions in lists and without keys that are data. */
const placeOf = (at: string): string => at.replace(/\[\d+\]/g, '[]').replace(/\{[^{}]*\}/g, '{}');

const excuses = (exception: DocumentException, finding: Finding, side: Side, violation: Violation): boolean => {
  const { on, dialect, variant, operations, statuses, rule, at, found } = exception;
  return (
    (on === side || (on === 'request' && side === 'accepted')) &&
    rule === violation.rule &&
    (dialect === undefined || dialect === finding.dialect) &&
    (variant === undefined || variant.test(finding.variant ?? '')) &&
    (operations === undefined || (finding.operation !== null && operations.includes(finding.operation))) &&
    (statuses === undefined || (finding.status !== null && statuses.includes(finding.status))) &&
    at.test(placeOf(violation.at)) &&
    (found === undefined || found.test(violation.found))
  );
};

/** `elastic sandbox answer, getCostsByItemsV2 200 (billing): body.total_ecu must be integer [type], but is 1.5` */
const contradictionOf = (
  what: string,
  { dialect, operation, status }: Finding,
  violation: Violation,
): Contradiction => {
  const asked = `${operation ?? 'no operation'}${status === null ? '' : ` ${status}`}`;
  const { rule, expected, found } = violation;
  const key = `${what}, ${asked} (${dialect}): ${placeOf(violation.at)} must be ${expected} [${rule}]`;
  return { key, sentence: `${key}, but is ${found}` };
};

const add = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

interface Judgement {
  readonly dialect: string;
  readonly contradictions: readonly Contradiction[];
}

interface Vendor {
  readonly described: Described;
  readonly dialects: readonly Dialect[];
}

const pairsText = (query: SentRequest['query']): string => query.map((pair) => pair.join('=')).join('&');

/** What makes a request at the sandbox the one that the gateway sent. */
const requestKey = (method: string, path: string, query: SentRequest['query'], body: string): string =>
  [method, path, pairsText(query), hash('sha1', body)].join(' ');

export const createJudge = (described: readonly Described[]): Judge => {
  const tally: Tally = { requests: {}, answers: {}, exceptions: {} };
  const opened = new Map<string, Vendor>();
  /** By everything that a judgement depends on: what is equal is judged once. */
  const judged = new Map<string, Judgement>();
  /** What the gateway sent; tests also ask sandboxes themselves, and may ask what they like. */
  const sent = new Set<string>();

  const open = (provider: string): Vendor | null => {
    const known = opened.get(provider);
    if (known !== undefined) return known;
    const found = described.find((each) => each.provider === provider);
    if (found === undefined) return null;
    const vendor = { described: found, dialects: openDialects(found) };
    opened.set(provider, vendor);
    return vendor;
  };

  /** The violations that no exception excuses. */
  const left = (vendor: Vendor, side: Side, finding: Finding): readonly Violation[] =>
    finding.violations.filter((violation) => {
      const exception = vendor.described.exceptions.find((each) => excuses(each, finding, side, violation));
      if (exception !== undefined) add(tally.exceptions, `${vendor.described.provider}/${exception.name}`);
      return exception === undefined;
    });

  const worded = (what: string, finding: Finding, violations: readonly Violation[]): readonly Contradiction[] => {
    const all = violations.map((violation) => contradictionOf(what, finding, violation));
    return [...new Map(all.map((each) => [each.key, each])).values()];
  };

  const once = (key: string, work: () => Judgement): Judgement => {
    const judgement = judged.get(key) ?? work();
    judged.set(key, judgement);
    return judgement;
  };

  /** The gateway does not say which dialect it means; the document that the request fits best tells. */
  const judgeRequest = (request: SentRequest, vendor: Vendor): Judgement => {
    const [best] = vendor.dialects
      .map((dialect) => {
        const finding = checkRequest(dialect, request);
        const violations = left(vendor, 'request', finding);
        return { finding, violations, distance: finding.operation === null ? Infinity : violations.length };
      })
      .toSorted((one, other) => one.distance - other.distance);
    if (best === undefined) throw new TypeError(`${request.provider} has no document`);
    const { finding, violations } = best;
    return { dialect: finding.dialect, contradictions: worded(`${request.provider} request`, finding, violations) };
  };

  const judgeAnswer = (answer: SandboxAnswer, vendor: Vendor, dialect: Dialect, wasSent: boolean): Judgement => {
    const given = checkAnswer(dialect, answer);
    const about = worded(`${answer.provider} sandbox answer`, given, left(vendor, 'answer', given));
    if (!wasSent || answer.status >= 300) return { dialect: dialect.name, contradictions: about };
    // A request that was sent fits one dialect; where a sandbox accepts it, it has to fit the one that is spoken there.
    const asked = checkAccepted(dialect, answer);
    const accepted = worded(`${answer.provider} request`, asked, left(vendor, 'accepted', asked));
    return { dialect: dialect.name, contradictions: [...about, ...accepted] };
  };

  return {
    tally,
    request: (request) => {
      const vendor = open(request.provider);
      if (vendor === null) return [];
      const { provider, method, path, query, headers, body } = request;
      const key = requestKey(method, path, query, body ?? '');
      sent.add(`${provider} ${key}`);
      const { dialect, contradictions } = once(`request ${provider} ${key} ${JSON.stringify(headers)}`, () =>
        judgeRequest(request, vendor),
      );
      add(tally.requests, `${provider}/${dialect}`);
      return contradictions;
    },
    answer: (answer) => {
      const vendor = open(answer.provider);
      if (vendor === null) return [];
      const { provider, request, status, contentType, body } = answer;
      const dialect = vendor.dialects.find((each) => each.name === answer.dialect) ?? vendor.dialects[0];
      if (dialect === undefined) throw new TypeError(`${provider} has no document`);
      const key = requestKey(request.method, request.path, request.query, request.body);
      const wasSent = sent.has(`${provider} ${key}`);
      const { contradictions } = once(
        `answer ${provider} ${dialect.name} ${answer.variant} ${wasSent} ${key} ${status} ${contentType} ${hash('sha1', body)}`,
        () => judgeAnswer(answer, vendor, dialect, wasSent),
      );
      add(tally.answers, `${provider}/${dialect.name}`);
      return contradictions;
    },
  };
};
