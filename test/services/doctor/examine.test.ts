import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { providers } from '../../../providers/index.ts';
import type { Examination } from '../../../src/services/doctor/examine.ts';
import { createMemoryStore } from '../../../src/store/memory.ts';
import { VirtualClock } from '../../support/clock.ts';
import { examineConnection } from '../../support/examined.ts';
import { settingsOf, startVendor, type Vendor } from '../../support/vendor-line.ts';

const ids = providers.map(({ id }) => id);
let clock: VirtualClock;
let vendors: Record<string, Vendor>;
beforeEach(async () => {
  clock = new VirtualClock();
  vendors = Object.fromEntries(await Promise.all(ids.map(async (id) => [id, await startVendor(id, clock)] as const)));
});
afterEach(async () => {
  await Promise.all(Object.values(vendors).map((vendor) => vendor.close()));
});

const vendorOf = (id: string): Vendor => {
  const vendor = vendors[id];
  if (vendor === undefined) throw new TypeError(`no vendor is called ${id}`);
  return vendor;
};
const settings = (id: string, more: Readonly<Record<string, string>> = {}) => ({
  ...settingsOf(vendorOf(id)),
  ...more,
});
const examined = (id: string, more: Readonly<Record<string, string>> = {}) =>
  examineConnection(id, settings(id, more), clock);
const checkOf = ({ checks }: Examination, name: string) => {
  const check = checks.find((each) => each.name === name);
  if (check === undefined) throw new TypeError(`there is no check ${name}`);
  return check;
};
const wrongIn = ({ checks }: Examination) => checks.filter(({ ok }) => !ok).map(({ name }) => name);
const called = (id: string): string[] => vendorOf(id).sandbox.calls.map(({ method, path }) => `${method} ${path}`);

const badKeys: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cloudzero: { apiKey: 'of-nobody' },
  elastic: { apiKey: 'of-nobody' },
  cloudspend: { clientSecret: 'of-nobody' },
};
/** The tried permissions of each, and what it is asked at most. */
const tried: Readonly<Record<string, { readonly permissions: number; readonly tokens: number }>> = {
  cloudzero: { permissions: 7, tokens: 0 },
  elastic: { permissions: 1, tokens: 0 },
  cloudspend: { permissions: 1, tokens: 1 },
};

describe.each(ids)('a connection to %s', (id) => {
  it('that works is ok in everything, by one call for each permission', async () => {
    const examination = await examined(id);
    expect(wrongIn(examination)).toEqual([]);
    expect(examination).toMatchObject({ ok: true, connection: id, provider: id });
    const { permissions = 0, tokens = 0 } = tried[id] ?? {};
    expect(permissions).toBeGreaterThan(0);
    expect(examination.checks.filter(({ detail }) => detail.startsWith('granted'))).toHaveLength(permissions);
    const calls = called(id);
    expect(calls).toHaveLength(permissions + tokens);
    expect(new Set(calls).size).toBe(calls.length);
    const said = `${permissions} call${permissions === 1 ? '' : 's'} to the vendor and ${tokens === 0 ? 'no' : tokens} token request`;
    expect(checkOf(examination, 'calls').detail).toContain(said);
    // What only a change would show is not tried.
    const changes = vendorOf(id).sandbox.calls.filter(
      ({ method, path }) => method !== 'GET' && !path.startsWith('/oauth'),
    );
    expect(changes).toEqual([]);
  });

  it('whose credential is wrong says so, and how to mend it', async () => {
    const examination = await examined(id, badKeys[id]);
    expect(examination.ok).toBe(false);
    const credentials = checkOf(examination, 'credentials');
    expect(credentials.ok).toBe(false);
    expect(credentials.mend).toContain('Renew the credential');
    expect(checkOf(examination, 'reachability').ok).toBe(true);
    expect(checkOf(examination, 'clock').ok).toBe(true);
    expect(JSON.stringify(examination)).not.toContain('of-nobody');
    expect(called(id).length).toBeLessThanOrEqual(tried[id]?.permissions ?? 0);
  });

  it('that lacks a permission names it, and is otherwise well', async () => {
    const missing = id === 'cloudzero' ? '/v2/budgets' : '/';
    const path = id === 'cloudspend' ? '/cs/' : missing;
    const json = { status: 403, body: '{"message":"Forbidden"}', contentType: 'application/json' };
    vendorOf(id).sandbox.faults.set([{ path, kind: 'status', ...json }]);
    const examination = await examined(id);
    const wrong = examination.checks.filter(({ ok, name }) => !ok && name.startsWith('permission'));
    expect(wrong.length).toBeGreaterThan(0);
    for (const { mend } of wrong) expect(mend).toMatch(/scope|role/);
    expect(checkOf(examination, 'reachability').ok).toBe(true);
    expect(checkOf(examination, 'credentials').ok).toBe(id === 'cloudzero');
  });

  it('whose vendor is down is asked once, and tells it from a wrong credential', async () => {
    vendorOf(id).sandbox.faults.set([{ kind: 'status', status: 503, body: '' }]);
    const examination = await examined(id);
    expect(checkOf(examination, 'reachability')).toMatchObject({
      ok: false,
      mend: expect.stringContaining('Try again'),
    });
    expect(checkOf(examination, 'credentials').detail).toContain('not known');
    expect(called(id)).toHaveLength(1);
  });

  it('whose host refuses connections says so', async () => {
    const wanted = settings(id);
    await vendorOf(id).line.close();
    const examination = await examineConnection(id, wanted, clock);
    expect(checkOf(examination, 'reachability').detail).toContain('refuses the connection (ECONNREFUSED)');
    expect(checkOf(examination, 'clock').ok).toBe(false);
  });

  it.each([
    ['whose name nobody knows', () => 'https://nowhere.invalid', '(DNS)'],
    ['without TLS', (url: string) => url.replace('http:', 'https:'), '(TLS)'],
  ])('at a host %s is told from one that refuses', async (_name, wrong, words) => {
    const { url } = vendorOf(id).sandbox;
    const elsewhere = Object.entries(vendorOf(id).sandbox.settings).map(([name, value]) => [
      name,
      value === url ? wrong(url) : value,
    ]);
    const examination = await examineConnection(id, Object.fromEntries(elsewhere), clock);
    expect(checkOf(examination, 'reachability').detail).toContain(words);
  });

  it('behind a page that wants a person to sign in says so', async () => {
    vendorOf(id).sandbox.faults.set([{ kind: 'garbage' }]);
    const { detail, ok } = checkOf(await examined(id), 'reachability');
    expect({ ok, detail }).toEqual({ ok: false, detail: expect.stringContaining('a web page came instead of data') });
  });

  it.each([
    [600_000, '10 minutes ahead of'],
    [-600_000, '10 minutes behind'],
  ])('whose clock is wrong by %i ms says by how much', async (skew, words) => {
    const ours = new VirtualClock(new Date(clock.now() + skew).toISOString());
    const examination = await examineConnection(id, settings(id), ours);
    expect(wrongIn(examination)).toEqual(['clock']);
    expect(checkOf(examination, 'clock').detail).toContain(words);
  });
});

describe('what is stored', () => {
  it('is used: a second examination requests no token', async () => {
    const store = createMemoryStore(clock);
    await examineConnection('cloudspend', settings('cloudspend'), clock, store);
    const second = await examineConnection('cloudspend', settings('cloudspend'), clock, store);
    expect(checkOf(second, 'calls').detail).toContain('1 call to the vendor and no token requests');
    expect(vendorOf('cloudspend').callsTo('/oauth/v2/token')).toBe(1);
  });

  it('counts: what the doctor pays for is charged to the quota that all gateways share', async () => {
    const store = createMemoryStore(clock);
    for (const left of ['59 of 60', '58 of 60']) {
      const examination = await examineConnection('cloudzero', settings('cloudzero'), clock, store);
      expect(checkOf(examination, 'quota').detail).toContain(left);
    }
  });

  it('is spared: where little is left of a quota, the permission that costs some of it is not tried', async () => {
    const store = createMemoryStore(clock);
    const few = settings('cloudzero', { costQueriesPerDay: '1' });
    const first = await examineConnection('cloudzero', few, clock, store);
    expect(vendorOf('cloudzero').callsTo('/v2/billing/costs')).toBe(0);
    const costs = checkOf(first, 'permission billing:read_costs');
    expect(costs).toMatchObject({ ok: true, detail: expect.stringContaining('not tried, to save what is left') });
    expect(first.ok).toBe(true);
  });

  it('is obeyed: while the token endpoint is paused, nothing is sent', async () => {
    const store = createMemoryStore(clock);
    vendorOf('cloudspend').sandbox.faults.set([{ path: '/oauth', kind: 'throttle' }]);
    await examineConnection('cloudspend', settings('cloudspend'), clock, store);
    const again = await examineConnection('cloudspend', settings('cloudspend'), clock, store);
    expect(vendorOf('cloudspend').sandbox.calls).toHaveLength(1);
    expect(checkOf(again, 'credentials').detail).toContain('not tried again for 10 min');
    expect(checkOf(again, 'calls').detail).toContain('no calls to the vendor and no token requests');
  });
});

it('a token without the scope for reading is told from a wrong one', async () => {
  const { sandbox } = vendorOf('cloudspend');
  const post = async (path: string, form: Readonly<Record<string, string>>): Promise<unknown> =>
    (await fetch(`${sandbox.url}${path}`, { method: 'POST', body: new URLSearchParams(form) })).json();
  const code = Reflect.get(
    Object(await post('/accounts/self-client', { scope: 'CloudSpend.Internal.Create' })),
    'code',
  );
  const { clientId = '', clientSecret = '' } = sandbox.settings;
  const form = {
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: 'authorization_code',
    code: String(code),
  };
  const refreshToken = String(Reflect.get(Object(await post('/oauth/v2/token', form)), 'refresh_token'));
  const examination = await examined('cloudspend', { refreshToken });
  const missing = checkOf(examination, 'permission CloudSpend.Internal.Read');
  expect(missing.mend).toContain('--flow enhance');
});
