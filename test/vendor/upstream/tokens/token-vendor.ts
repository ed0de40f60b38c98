import type { Credentials } from '../../../../src/vendor/contract/contract.ts';
import { VirtualClock } from '../../../support/clock.ts';
import { openRig, openStub, type Rig, type RigOptions } from '../rig.ts';
import { type Handler, json, status, type VendorStub } from '../vendor-stub.ts';

export const minted = (stub: VendorStub): number =>
  stub.seen.filter((seen) => seen.target.startsWith('/accounts')).length;
export const asked = (stub: VendorStub): number => stub.seen.length - minted(stub);

export interface TokenVendor {
  readonly stub: VendorStub;
  /** What the token endpoint does; a good token when null. */
  mint: Handler | null;
  /** What the API does to a good token; an answer when null. */
  api: Handler | null;
  readonly live: Set<string>;
  lifetimeMs: number;
  /** Makes another connection to this vendor. */
  connect(options?: RigOptions): Promise<Rig>;
}

const mintsLimit = { name: 'mints', limit: 5, windowMs: 600_000 };

export const tokenCredentials = (owner = 'owner-digest'): Credentials => ({
  kind: 'token',
  owner,
  mints: mintsLimit,
  mint: () => ({
    operation: 'mint-token',
    method: 'POST',
    origin: 'accounts',
    path: '/token',
    form: [['refresh_token', 'canary-refresh']],
    effect: 'read',
    credentials: 'none',
  }),
  readMint: (reply) => {
    if (reply.text.includes('Access Denied'))
      return { kind: 'throttled', pauseMs: 600_000, public: 'closed for a while' };
    if (reply.text.includes('invalid_code')) return { kind: 'refused', public: 'check the refresh token' };
    const body = reply.json;
    if (typeof body !== 'object' || body === null || !('token' in body) || typeof body.token !== 'string')
      return { kind: 'unreadable' };
    const lifetimeMs = 'lifetime' in body ? Number(body.lifetime) : Number.NaN;
    return { kind: 'granted', accessToken: body.token, lifetimeMs };
  },
  headers: (accessToken) => ({ authorization: `Token ${accessToken}` }),
});

/** A vendor that hands out tokens and takes no others. */
export const openTokenVendor = async (): Promise<TokenVendor> => {
  const stub = await openStub();
  let count = 0;
  const vendor: TokenVendor = {
    stub,
    mint: null,
    api: null,
    live: new Set(),
    lifetimeMs: 3_600_000,
    connect: (options = {}) =>
      openRig({
        stub,
        credentials: tokenCredentials(),
        origins: (url) => ({ api: `${url}/base`, accounts: `${url}/accounts` }),
        limits: { concurrency: 16, queue: 1000 },
        ...options,
      }),
  };
  stub.answer((request, response) => {
    if (request.target.startsWith('/accounts')) {
      if (vendor.mint !== null) return vendor.mint(request, response);
      count += 1;
      vendor.live.add(`canary-token-${count}`);
      return json(response, 200, { token: `canary-token-${count}`, lifetime: vendor.lifetimeMs });
    }
    const token = request.headers.authorization?.replace('Token ', '') ?? '';
    if (!vendor.live.has(token)) return status(401, '{"code":"INVALID_OAUTHTOKEN"}')(request, response);
    if (vendor.api !== null) return vendor.api(request, response);
    json(response, 200, { ok: true });
  });
  return vendor;
};

export const hour = 3_600_000;
export const connected = async (options: Parameters<TokenVendor['connect']>[0] = {}) => {
  const vendor = await openTokenVendor();
  const clock = options.clock ?? new VirtualClock();
  return { vendor, clock, rig: await vendor.connect({ ...options, clock }) };
};
export const accessDenied: Handler = (_request, response) => json(response, 400, { error: 'Access Denied' });
export const invalidCode: Handler = (_request, response) => json(response, 200, { error: 'invalid_code' });
export const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
export const until = async (done: () => boolean): Promise<void> => {
  while (!done()) await turns();
};
