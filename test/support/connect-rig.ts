import { openOperator } from '../../commands/connect/operator.ts';
import { Accounts } from '../../providers/cloudspend/sandbox/accounts/accounts.ts';
import { accessDenied } from '../../providers/cloudspend/sandbox/accounts/tokens.ts';
import { Secret } from '../../src/domain/secret.ts';
import type { Operator, Question } from '../../src/vendor/contract/connecting.ts';
import { type RunningSandbox, startSandboxServer } from '../../src/vendor/sandbox/server.ts';
import { VirtualClock } from './clock.ts';

/** The accounts servers of two data centres, an operator, and a person with a browser. */

export const registration = {
  clientId: '1000.SANDBOXCLIENT',
  clientSecret: 'sandbox-client-secret',
  refreshToken: '1000.sandbox-refresh.token',
};

export interface ConnectRig {
  readonly clock: VirtualClock;
  readonly accounts: Accounts;
  /** Where the client is registered. */
  readonly us: RunningSandbox;
  readonly eu: RunningSandbox;
  readonly serverOf: (dataCentre: string) => string | null;
  /** What the operator was told and shown, in order. */
  readonly told: string[];
  readonly visited: string[];
  readonly waits: number[];
  operator(answers?: Readonly<Record<string, string>>, visit?: (url: string) => void): Operator;
  /** Requests to both servers, by path. */
  posts(path: string): number;
  close(): Promise<void>;
}

const serverIn = (clock: VirtualClock, accounts: Accounts, location: string): Promise<RunningSandbox> =>
  startSandboxServer({
    vendor: { provider: 'cloudspend' },
    clock,
    settings: () => ({}),
    routes: accounts.routes(location),
    people: accounts.people(location),
    throttled: (fault) => accessDenied(fault.status ?? 400),
  });

export const startConnectRig = async (): Promise<ConnectRig> => {
  const clock = new VirtualClock();
  const accounts = new Accounts(clock, registration);
  const us = await serverIn(clock, accounts, 'us');
  const eu = await serverIn(clock, accounts, 'eu');
  const told: string[] = [];
  const visited: string[] = [];
  const waits: number[] = [];
  const opened: { close(): Promise<void> }[] = [];
  const standard: Readonly<Record<string, string>> = {
    'client-id': registration.clientId,
    'client-secret': registration.clientSecret,
    'refresh-token': registration.refreshToken,
    'redirect-uri': 'http://127.0.0.1:0/callback',
    confirm: 'revoke',
  };
  return {
    clock,
    accounts,
    us,
    eu,
    serverOf: (name) => ({ us: us.url, eu: eu.url })[name] ?? null,
    told,
    visited,
    waits,
    operator: (given = {}, visit = () => {}) => {
      const answers = { ...standard, ...given };
      const text = ({ name, fallback }: Question): string => answers[name] ?? fallback ?? '';
      const operator = openOperator({
        provider: 'cloudspend',
        clock,
        userAgent: 'cost-gateway/test',
        answers: { text, secret: (question) => new Secret(text(question)) },
        tell: (sentence) => told.push(sentence),
        visit: (url) => {
          visited.push(url);
          visit(url);
        },
        signal: new AbortController().signal,
      });
      opened.push(operator);
      return {
        ...operator,
        sleep: async (milliseconds) => {
          waits.push(milliseconds);
          await clock.advance(milliseconds);
        },
      };
    },
    posts: (path) => [...us.calls, ...eu.calls].filter((call) => call.method === 'POST' && call.path === path).length,
    close: async () => {
      await Promise.all(opened.map((each) => each.close()));
      await us.close();
      await eu.close();
    },
  };
};

const post = (url: string, form: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });

/** A code of the API console. */
export const consoleCode = async (server: string, scope = 'CloudSpend.Internal.Read'): Promise<string> => {
  const answer: unknown = await (await post(`${server}/accounts/self-client`, { scope })).json();
  return String(Reflect.get(Object(answer), 'code'));
};

/** A person who opens the page, decides, and lets the browser go where the vendor sends it. */
export const decide = async (url: string, decision: 'accept' | 'reject'): Promise<URL> => {
  const page = await (await fetch(url)).text();
  const id = /name="id" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const answer = await post(new URL('/accounts/consent', url).href, { id, decision });
  return new URL(answer.headers.get('location') ?? 'http://nowhere.invalid/');
};

export const browse = async (url: string, decision: 'accept' | 'reject'): Promise<string> =>
  (await fetch(await decide(url, decision))).text();

export const enterCode = async (server: string, userCode: string, decision: 'accept' | 'reject'): Promise<void> => {
  await post(`${server}/oauth/v3/device`, { user_code: userCode, decision });
};
