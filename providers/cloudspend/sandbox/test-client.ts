import { Agent, request } from 'node:http';
import { z } from 'zod';
import { type Decimal, decimal, decimalText, sum } from '../../../src/domain/decimal.ts';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { costAccounts } from './estate.ts';

/** A new access token. */
export const token = async (sandbox: RunningSandbox): Promise<string> => {
  const { clientId = '', clientSecret = '', refreshToken = '' } = sandbox.settings;
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const answer = await fetch(`${sandbox.url}/oauth/v2/token?grant_type=refresh_token&refresh_token=${refreshToken}`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
  });
  return z.object({ access_token: z.string() }).parse(await answer.json()).access_token;
};

export const amount = z.union([z.string(), z.number()]).transform((value): Decimal => decimal(String(value)));
export const total = (amounts: Iterable<Decimal>): string => decimalText(sum(amounts));
export const pairs = z.array(z.tuple([z.string(), amount]));
export const pairTotal = (rows: z.output<typeof pairs>): string => total(rows.map(([, value]) => value));
export const sankeySchema = z.object({
  data: z.array(z.tuple([z.string(), z.string(), z.string(), z.string(), amount])),
});

export const range = { start_date: '2026-10-01', end_date: '2026-10-31' };
export const jsonString = (value: unknown): string => `JSONString=${encodeURIComponent(JSON.stringify(value))}`;
export const analytics = (index: number, more: Record<string, unknown> = {}) => ({
  ...range,
  period: 1,
  cost_tags: [],
  cost_type: index < 2 ? 0 : 20,
  accounts: [
    {
      cost_account_id: costAccounts[index]?.id,
      billing_account_ids: costAccounts[index]?.children.map((child) => child.id),
    },
  ],
  ...more,
});

export const clientOf = async (sandbox: RunningSandbox, parse: (text: string) => unknown) => {
  const authorization = `Bearer ${await token(sandbox)}`;
  const call = async (path: string, body?: unknown) => {
    const answer = await fetch(`${sandbox.url}/cs/api/${path}`, {
      headers: { authorization },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    const json: unknown = parse(await answer.text());
    return { status: answer.status, json };
  };
  const read = async <Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    body?: unknown,
  ): Promise<z.output<Schema>> =>
    schema.parse(z.object({ code: z.literal(0), data: z.unknown() }).parse((await call(path, body)).json).data);
  const sankeyTotal = async (cloud?: string): Promise<string> => {
    const { data } = await read(sankeySchema, `cost/sankey_chart_data?${jsonString(range)}`);
    return total(data.filter((row) => cloud === undefined || row[0] === cloud).map((row) => row[4]));
  };
  return { call, read, sankeyTotal };
};
export type Client = Awaited<ReturnType<typeof clientOf>>;

export interface Sent {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly body: string | null;
}
export interface Received {
  readonly status: number;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** Sends requests as they are, also a body with a GET, which `fetch` refuses. */
export const senderOf = async (sandbox: RunningSandbox) => {
  const authorization = `Zoho-oauthtoken ${await token(sandbox)}`;
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const send = ({ method, path, body }: Sent): Promise<Received> =>
    new Promise((resolve, reject) => {
      const described = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body ?? '') };
      const headers = { authorization, ...(body === null ? {} : described) };
      const sent = request(`${sandbox.url}${path}`, { method, headers, agent }, async (answer) => {
        const chunks: Buffer[] = [];
        for await (const chunk of answer) chunks.push(Buffer.from(chunk));
        resolve({
          status: answer.statusCode ?? 0,
          contentType: answer.headers['content-type'] ?? '',
          bytes: Buffer.concat(chunks),
        });
      });
      sent.on('error', reject);
      sent.end(body ?? undefined);
    });
  return { send, close: () => agent.destroy() };
};
