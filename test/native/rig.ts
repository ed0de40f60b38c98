import { get } from 'node:http';
import { type RunningApp, type StartOptions, startApp } from '../support/app.ts';
import { type NativeVendor, startNativeVendor } from './vendor.ts';

export interface NativeRig {
  readonly app: RunningApp;
  readonly vendor: NativeVendor;
  ask(
    method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    more?: { readonly headers?: Record<string, string>; readonly body?: string | Buffer },
  ): Promise<{ status: number; headers: Record<string, unknown>; text: string; bytes: Buffer; json: () => unknown }>;
  /** The status of a GET over a socket, its path as it stands. */
  askRaw(path: string): Promise<number>;
  close(): Promise<void>;
}

/** The app over one vendor with a catalogue of its own, without a port. */
export const openNativeRig = async (options: StartOptions = {}): Promise<NativeRig> => {
  const vendor = await startNativeVendor();
  const endpoint = { id: 'acme', provider: 'acme', title: 'Acme', sandbox: false, connector: vendor.connector };
  const app = await startApp([], { endpoints: [endpoint], ...options });
  return {
    app,
    vendor,
    ask: async (method, path, { headers = {}, body } = {}) => {
      const answer = await app.server.inject({
        method,
        url: path,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { payload: body }),
      });
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text: answer.body,
        bytes: answer.rawPayload,
        json: () => answer.json(),
      };
    },
    askRaw: async (path) => {
      const { port } = new URL(await app.server.listen({ host: '127.0.0.1', port: 0 }));
      return new Promise((resolve, reject) => {
        const asked = get({ host: '127.0.0.1', port, path }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        });
        asked.on('error', reject);
      });
    },
    close: async () => {
      await app.close();
      await vendor.close();
    },
  };
};
