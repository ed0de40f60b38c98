import { describe, expect, it } from 'vitest';
import { EX_CONFIG, renderFaults } from '../../src/config/faults.ts';
import { configOf, faultsOf } from './toys.ts';

describe('the variables of the gateway', () => {
  it('have the documented defaults', () => {
    const { config, warnings } = configOf({});
    expect(warnings).toEqual([]);
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      metricsPort: null,
      logLevel: 'info',
      production: false,
      sandbox: true,
      replicas: 1,
      trustProxy: false,
      authentication: { methods: ['none'], keys: null, oidc: null },
      rateLimit: { max: 600, windowMs: 60_000 },
      dataDirectory: './data',
      redisUrl: null,
      cacheBytesMax: 256_000_000,
      cacheStaleIfErrorMs: 86_400_000,
      requestDeadlineMs: 15_000,
      corsOrigins: [],
      connections: [],
      budgets: [],
      monitors: [],
      unitCosts: [],
      exchangeRates: [],
    });
  });

  it.each([
    ['15s', 15_000],
    ['250ms', 250],
    ['1 minute', 60_000],
    ['2 minutes', 120_000],
    ['5m', 300_000],
  ])('read the duration %s', (text, milliseconds) => {
    expect(configOf({ REQUEST_DEADLINE: text }).config.requestDeadlineMs).toBe(milliseconds);
  });

  it.each(['15', '1.5s', '-1s', '15 fortnights', 's', ' 15s', '1e3ms', '0x10s', '99999h', '1ms', '٣s', '1  s'])(
    'refuse the duration %j',
    (text) => {
      expect(faultsOf({ REQUEST_DEADLINE: text })).toEqual([
        'REQUEST_DEADLINE must be a duration from 100ms to 10m, such as 250ms, 15s, 1 minute or 24h',
      ]);
    },
  );

  it.each([
    ['256MB', 256_000_000],
    ['1GiB', 1_073_741_824],
    ['512 MiB', 536_870_912],
    ['2000000', 2_000_000],
  ])('read the size %s', (text, bytes) => {
    expect(configOf({ CACHE_MAX_BYTES: text }).config.cacheBytesMax).toBe(bytes);
  });

  it.each(['256mb', '1.5GiB', '-1MB', '1e9', 'lots', '1KB', '5000TB', '0x100MB'])('refuse the size %j', (text) => {
    expect(faultsOf({ CACHE_MAX_BYTES: text })).toEqual([
      'CACHE_MAX_BYTES must be a size from 1MB to 1TB, such as 256MB or 1GiB',
    ]);
  });

  it.each(['1e3', '0x10', '080', '80.0', '+80', '-1', '65536', 'eighty', '８０', '1_000', '99999999999999999999'])(
    'refuse %j as a port',
    (text) => {
      expect(faultsOf({ PORT: text })).toEqual(['PORT must be a whole number from 0 to 65535, in digits only']);
    },
  );

  it.each(['', ' ', '\t\n'])('refuse %j wherever it stands', (text) => {
    const names = ['PORT', 'REDIS_URL', 'API_KEYS_FILE', 'TOY_API_KEY', 'TOY_CURRENCY', 'GADGET_REFRESH_TOKEN_FILE'];
    const faults = faultsOf(Object.fromEntries(names.map((name) => [name, text])));
    expect(faults.sort()).toEqual(names.map((name) => `${name} is empty; unset it or give a value`).sort());
  });

  it('name every fault at once, each with what is legal', () => {
    const faults = faultsOf({
      HOST: 'not a host',
      PORT: 'http',
      LOG_LEVEL: 'loud',
      SANDBOX: 'maybe',
      NODE_ENV: 'prod',
      REPLICAS: '0',
      METRICS_PORT: '-',
      AUTH: 'basic',
      RATE_LIMIT_MAX: 'many',
      RATE_LIMIT_WINDOW: 'long',
      CACHE_MAX_BYTES: 'big',
      CACHE_STALE_IF_ERROR: 'ever',
      REQUEST_DEADLINE: 'soon',
      CORS_ORIGINS: 'everywhere',
      REDIS_URL: 'http://redis.example',
      TRUST_PROXY: 'friends',
      TOY_CURRENCY: 'dollars',
    });
    expect(faults.map((fault) => fault.split(' ')[0]).sort()).toEqual(
      [
        ...['AUTH', 'CACHE_MAX_BYTES', 'CACHE_STALE_IF_ERROR', 'CORS_ORIGINS', 'HOST', 'LOG_LEVEL', 'METRICS_PORT'],
        ...['NODE_ENV', 'PORT', 'RATE_LIMIT_MAX', 'RATE_LIMIT_WINDOW', 'REDIS_URL', 'REPLICAS', 'REQUEST_DEADLINE'],
        ...['SANDBOX', 'TOY_CURRENCY', 'TRUST_PROXY'],
      ].sort(),
    );
    for (const fault of faults) expect(fault).toMatch(/must /);
  });

  it.each(['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost', 'gateway-1.internal'])('listen on %s', (host) => {
    expect(configOf({ HOST: host }).config.host).toBe(host);
  });

  it.each(['300.1.1.1', '127.1', 'http://localhost', 'a b', '-a', '1.2.3.4:80'])('do not listen on %s', (host) => {
    expect(faultsOf({ HOST: host })).toHaveLength(1);
  });

  it.each([
    ['none', false],
    ['2', 2],
    ['10.0.0.0/8, loopback', ['10.0.0.0/8', 'loopback']],
    ['fd00::/8', ['fd00::/8']],
  ])('trust as proxies: %s', (text, expected) => {
    expect(configOf({ TRUST_PROXY: text }).config.trustProxy).toEqual(expected);
  });

  it('warn when every proxy is trusted', () => {
    expect(configOf({ TRUST_PROXY: 'true' }).warnings).toEqual([expect.stringMatching(/^TRUST_PROXY is true/)]);
  });

  it.each(['10.0.0.0/33', '10.0.0', 'a,,b', '-1', '10.0.0.0/8/8'])('refuse %s as trusted proxies', (text) => {
    expect(faultsOf({ TRUST_PROXY: text })).toHaveLength(1);
  });

  it('read origins, and refuse those with a path', () => {
    const origins = 'https://a.example, http://localhost:3000';
    expect(configOf({ CORS_ORIGINS: origins }).config.corsOrigins).toEqual([
      'https://a.example',
      'http://localhost:3000',
    ]);
    for (const text of ['https://a.example/', 'a.example', 'https://a.example,*', 'null', 'https://a.example,']) {
      expect(faultsOf({ CORS_ORIGINS: text })).toHaveLength(1);
    }
  });

  it('refuse one port for two things, unless the system picks them', () => {
    expect(faultsOf({ PORT: '9000', METRICS_PORT: '9000' })).toEqual(['METRICS_PORT must differ from PORT']);
    expect(configOf({ PORT: '0', METRICS_PORT: '0' }).config.metricsPort).toBe(0);
  });

  it('warn of replicas that share nothing, and of more than five because of access tokens', () => {
    expect(configOf({ REPLICAS: '3' }).warnings).toEqual([
      expect.stringMatching(/^REPLICAS is 3 .*share of every quota/),
    ]);
    expect(configOf({ REPLICAS: '6' }).warnings).toEqual([expect.stringMatching(/REPLICAS is 6 .*access tokens/)]);
    expect(configOf({ REPLICAS: '6', REDIS_URL: 'redis://redis.internal:6379' }).warnings).toEqual([]);
  });
});

describe('unknown names', () => {
  it('are faults under a prefix of a vendor, with the names that are meant', () => {
    expect(faultsOf({ TOY_API_KY: 'x', GADGET_NOTHING_OF_THE_KIND: 'x' })).toEqual([
      'GADGET_NOTHING_OF_THE_KIND is not a known variable; known are GADGET_CLIENT_ID, GADGET_CLIENT_SECRET, GADGET_CLIENT_SECRET_FILE, GADGET_REFRESH_TOKEN, GADGET_REFRESH_TOKEN_FILE',
      'TOY_API_KY is not a known variable; did you mean TOY_API_KEY? known are TOY_API_KEY, TOY_API_KEY_FILE, TOY_BASE_URL, TOY_CURRENCY',
    ]);
  });

  it('are faults where only a secret may come from a file', () => {
    expect(faultsOf({ TOY_CURRENCY_FILE: '/currency' })).toEqual([
      expect.stringMatching(/^TOY_CURRENCY_FILE is not a known variable/),
    ]);
  });

  it('are warnings a slip away from a known one', () => {
    expect(configOf({ REDIS_URI: 'x', RATE_LIMIT_MAXX: '1', TYO_API_KEY: 'x' }).warnings).toEqual([
      'RATE_LIMIT_MAXX is not a known variable; did you mean RATE_LIMIT_MAX?',
      'REDIS_URI is not a known variable; did you mean REDIS_URL?',
      'TYO_API_KEY is not a known variable; did you mean TOY_API_KEY?',
    ]);
  });

  it('are nobody’s business otherwise', () => {
    const innocent = { PATH: '/bin', HOME: '/root', LANG: 'C', POST: '1', TOYS: 'x', npm_config_x: '1', EMPTY: '' };
    expect(configOf(innocent).warnings).toEqual([]);
  });

  it('that Kubernetes sets for a service named like a vendor are left alone', () => {
    const links = {
      TOY_SERVICE_HOST: '10.0.0.1',
      TOY_SERVICE_PORT: '80',
      TOY_SERVICE_PORT_HTTP: '80',
      TOY_PORT: 'tcp://10.0.0.1:80',
      TOY_PORT_80_TCP: 'tcp://10.0.0.1:80',
      TOY_PORT_80_TCP_ADDR: '10.0.0.1',
    };
    expect(configOf(links).warnings).toEqual([]);
  });
});

describe('the list of faults for stderr', () => {
  it('is one line each, without control characters, for exit code 78', () => {
    const text = renderFaults([
      { name: 'PORT', message: 'must be a whole number' },
      { name: 'TOY_X\n[31m', message: 'is not a known variable' },
    ]);
    expect(text).toBe(
      'configuration: PORT must be a whole number\nconfiguration: TOY_X [31m is not a known variable\n',
    );
    expect(EX_CONFIG).toBe(78);
  });
});
