import { createServer, type ServerResponse } from 'node:http';
import type { Clock } from '../../src/domain/clock.ts';
import { Failure } from '../../src/domain/failure/failure.ts';
import type { AwaitedReturn } from '../../src/vendor/contract/connecting.ts';

const waitMsMax = 900_000;
const stateBytes = 24;
const shownMax = 120;

export interface Loopback extends AwaitedReturn {
  close(): void;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const answer = (response: ServerResponse, status: number, title: string, text: string): void => {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  });
  response.end(
    `<!doctype html><html lang="en"><title>${escaped(title)}</title><h1>${escaped(title)}</h1><p>${escaped(text)}</p></html>\n`,
  );
};

const inUse = (uri: string): Failure =>
  new Failure('invalid-request', {
    public: `Nothing can listen at ${uri}: the port is taken or not allowed. Stop what uses it, or register another redirect URI.`,
  });

export interface LoopbackOptions {
  readonly clock: Clock;
  readonly uri: string;
  readonly stateless: boolean;
  /** Told when a browser comes back that does not belong to this run. */
  readonly onStranger: () => void;
}

/** Waits on this machine for a browser that comes back with the right state. */
export const listenOnLoopback = async ({ clock, uri, stateless, onStranger }: LoopbackOptions): Promise<Loopback> => {
  const wanted = new URL(uri);
  const state = clock.bytes(stateBytes).toString('base64url');
  const arrived = Promise.withResolvers<ReadonlyMap<string, string>>();
  // Whoever waits sees the rejection; before that nobody does.
  arrived.promise.catch(() => undefined);

  const server = createServer((request, response) => {
    const target = new URL(request.url ?? '/', wanted);
    if (request.method !== 'GET' || target.pathname !== wanted.pathname) {
      answer(response, 404, 'Nothing is here', 'This address waits for one answer only.');
      return;
    }
    const given = target.searchParams.get('state');
    if (given !== state && !(stateless && given === null)) {
      answer(
        response,
        400,
        'This is not the answer',
        'It does not belong to what the command asked for, and was refused.',
      );
      onStranger();
      return;
    }
    const error = target.searchParams.get('error');
    if (error === null) answer(response, 200, 'Done', 'You can close this page and go back to the terminal.');
    else
      answer(
        response,
        200,
        'Nothing was granted',
        `The vendor said: ${error.slice(0, shownMax)}. The terminal says what to do.`,
      );
    response.once('finish', () => arrived.resolve(new Map([...target.searchParams].reverse())));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => reject(inUse(uri)));
    server.listen(Number(wanted.port), wanted.hostname, resolve);
  });
  const address = server.address();
  if (address !== null && typeof address !== 'string') wanted.port = String(address.port);
  const cancel = clock.after(waitMsMax, () =>
    arrived.reject(
      new Failure('vendor-timeout', { public: 'Nobody came back from the page for 15 minutes. Begin again.' }),
    ),
  );
  return {
    uri: wanted.href,
    state,
    arrival: () => arrived.promise,
    close: () => {
      cancel();
      server.close();
      server.closeAllConnections();
    },
  };
};
