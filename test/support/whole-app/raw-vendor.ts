import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface RawVendor {
  readonly url: string;
  /** Paths of the requests received, with their query. */
  readonly seen: readonly string[];
  close(): Promise<void>;
}

/** A vendor that is nothing but bytes: what no sandbox can be told to send. */
export const startRawVendor = async (
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<RawVendor> => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? '');
    response.on('error', () => {});
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a server listens on a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};
