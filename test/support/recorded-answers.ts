import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { StartSandbox } from '../../src/vendor/contract/provider.ts';
import { type SandboxReply, type SandboxRequest, startSandboxServer } from '../../src/vendor/sandbox/server.ts';

/** One line of a recording. */
const exchangeSchema = z.strictObject({
  /** Method, path and query; the pairs of the query are in the order of their text. */
  request: z.string().regex(/^[A-Z]+ \/\S*$/),
  /** The body of the request, where it has one. */
  sent: z.string().default(''),
  status: z.int().default(200),
  answer: z.unknown(),
});

const textOf = ({ method, path, query }: SandboxRequest): string => {
  const pairs = [...query].map((pair) => pair.map(encodeURIComponent).join('=')).sort();
  return `${method} ${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
};

/**
 * Stands in for the sandbox of a vendor that has none: answers each request as it was answered when it was recorded,
 * and every other one with a status of 501 that names it. `settings` connect to it.
 */
export const recordedAnswers =
  (file: URL, settings: (url: string) => Readonly<Record<string, string>>): StartSandbox =>
  ({ clock, port }) => {
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    const exchanges = lines.map((line) => exchangeSchema.parse(JSON.parse(line)));
    const known = new Map(exchanges.map((each) => [`${each.request}\n${each.sent}`, each]));
    const handle = (request: SandboxRequest): SandboxReply => {
      const found = known.get(`${textOf(request)}\n${request.body}`);
      if (found !== undefined) return { status: found.status, json: found.answer };
      return { status: 501, json: { message: `no recorded answer for ${textOf(request)}` } };
    };
    const paths = new Set(exchanges.map(({ request }) => request.split('?')[0] ?? ''));
    const routes = [...paths].map((each) => {
      const [method = '', path = ''] = each.split(' ');
      return { method, path, handle };
    });
    return startSandboxServer({ clock, port, routes, settings });
  };
