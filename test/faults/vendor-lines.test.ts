import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Asker, askerOf, monthOf, oneCaller } from '../support/whole-app/asking.ts';
import { type GatewayProcess, startGateway } from '../support/whole-app/gateway-process.ts';
import { peakGrowth } from '../support/whole-app/memory.ts';
import { type RawVendor, startRawVendor } from '../support/whole-app/raw-vendor.ts';

/** The gateway as `npm start` runs it (SQLite, shedder, keys), before lines and bytes that no sandbox can send. */

const mebibyte = 1024 * 1024;
const item = { kind: 'elasticsearch', type: 'capacity', sku: 'aws.es.datahot_1', name: 'hot', total_ecu: 0.25 };
const costs = (lineItems: readonly object[]): string =>
  JSON.stringify({
    instances: [{ id: 'a', name: 'a', total_ecu: lineItems.length * 0.25, product_line_items: lineItems }],
  });
const equalItems = 60_000;

const layers = (count: number): Buffer => {
  let bytes: Buffer = Buffer.from(costs([item]));
  for (let layer = 0; layer < count; layer += 1) bytes = gzipSync(bytes);
  return bytes;
};
const spaces = Buffer.alloc(8 * mebibyte, ' ');
/** As many members of a gzip file, one behind the other, are one. */
const members = (count: number): Buffer => {
  const member = gzipSync(spaces, { level: 9 });
  return Buffer.concat(Array.from({ length: count }, () => member));
};

/** What is sent, by the first part of the path. */
const sent: Readonly<Record<string, { readonly encoding: string; readonly bytes: Buffer }>> = {
  plain: { encoding: 'identity', bytes: Buffer.from(costs([item])) },
  // A list of equal rows is what compresses best of all that a vendor may send.
  equal: { encoding: 'gzip', bytes: gzipSync(costs(Array.from({ length: equalItems }, () => item))) },
  chain: { encoding: 'gzip, gzip, gzip, gzip, gzip', bytes: layers(5) },
  unknown: { encoding: 'zstd-of-old', bytes: Buffer.from('x') },
  false: { encoding: 'gzip', bytes: Buffer.from(costs([item])) },
  bomb: { encoding: 'gzip', bytes: members(32) },
  endless: { encoding: 'identity', bytes: Buffer.concat(Array.from({ length: 8 }, () => spaces)) },
};

const unused = 'http://127.0.0.1:1';
const elastic = (id: string, baseUrl: string) => ({
  id,
  provider: 'elastic',
  organizationId: '1234',
  apiKey: `key-of-${id}-${'x'.repeat(20)}`,
  baseUrl,
});
/** Where the only call of a question about one month leads; the billing history is read beside it. */
const costPath = '/costs/';
const noHistory = JSON.stringify({ invoices: [], statements: [] });
const isJson = { 'content-type': 'application/json' };

interface Untrusted {
  readonly url: string;
  readonly trusted: Buffer;
  readonly connections: () => number;
  readonly received: () => string;
  close(): Promise<void>;
}

/** A server of TLS whose certificate nobody has signed but itself. */
const startUntrusted = async (): Promise<Untrusted> => {
  const folder = await mkdtemp(join(tmpdir(), 'certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  await promisify(execFile)('openssl', ['req', '-x509', ...curve, ...name, '-days', '2', '-keyout', key, '-out', cert]);
  const trusted = await readFile(cert);
  const server = createServer({ key: await readFile(key), cert: trusted });
  await rm(folder, { recursive: true });
  let connections = 0;
  let received = '';
  server.on('connection', () => {
    connections += 1;
  });
  server.on('secureConnection', (socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      received += String(bytes);
      socket.end('HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a server listens on a port');
  return {
    url: `https://127.0.0.1:${address.port}`,
    trusted,
    connections: () => connections,
    received: () => received,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};

let vendor: RawVendor;
let untrusted: Untrusted;
let gateway: GatewayProcess;
let ask: Asker;
beforeAll(async () => {
  vendor = await startRawVendor((request, response) => {
    const { encoding, bytes } = sent[request.url?.split('/')[1] ?? ''] ?? { encoding: 'identity', bytes: '' };
    if (!request.url?.includes(costPath)) response.writeHead(200, isJson).end(noHistory);
    else
      response.writeHead(200, { ...isJson, 'content-encoding': encoding, 'transfer-encoding': 'chunked' }).end(bytes);
  });
  untrusted = await startUntrusted();
  const connections = [
    ...Object.keys(sent).map((id) => elastic(id, `${vendor.url}/${id}`)),
    elastic('refused', unused),
    elastic('nowhere', 'https://nowhere.invalid'),
    elastic('untrusted', untrusted.url),
  ];
  gateway = await startGateway({ file: { connections }, environment: oneCaller });
  ask = askerOf(gateway);
});
afterAll(async () => {
  await gateway.close();
  await vendor.close();
  await untrusted.close();
});

const callsOf = (id: string): number =>
  vendor.seen.filter((path) => path.startsWith(`/${id}/`) && path.includes(costPath)).length;
/** How many attempts the gateway itself has counted, where no vendor could. */
const attemptsOf = async (id: string): Promise<number> => {
  const { text } = await ask('/metrics');
  const line = new RegExp(
    `^cost_gateway_vendor_call_duration_seconds_count{connection="${id}",operation="getCosts[^}]*} (\\d+)$`,
    'm',
  );
  return Number(line.exec(text)?.[1] ?? 0);
};

describe('a line that leads to no vendor', () => {
  test.each(['refused', 'nowhere'])('A13 %s: 502, after three attempts at most', async (id) => {
    const answer = await ask(monthOf(id, '2026-09'));
    expect([answer.status, answer.problem]).toEqual([502, 'vendor-unavailable']);
    const attempts = await attemptsOf(id);
    expect(attempts).toBeGreaterThan(0);
    expect(attempts).toBeLessThanOrEqual(3);
  });

  test('A13 a certificate that nobody has signed: 502 at once, one connection, no request and no key', async () => {
    const before = untrusted.connections();
    const answer = await ask(monthOf('untrusted', '2026-09'));
    expect([answer.status, answer.problem]).toEqual([502, 'vendor-unavailable']);
    expect(answer.body.detail).toContain('certificate');
    expect(untrusted.connections() - before).toBe(1);
    expect(await attemptsOf('untrusted')).toBe(1);
    expect(untrusted.received()).toBe('');
    // The same server hears whoever trusts it.
    await new Promise((resolve) => get(untrusted.url, { ca: untrusted.trusted }, resolve));
    expect(untrusted.received()).toContain('GET /');
  });
});

describe('an answer in an encoding that is none, or hides how long it is', () => {
  test.each([
    { id: 'chain', what: 'of five layers', problem: 'vendor-too-large', calls: 1 },
    { id: 'unknown', what: 'that was not asked for', problem: 'vendor-malformed', calls: 1 },
    { id: 'false', what: 'that it does not have', problem: 'vendor-malformed', calls: 3 },
  ])('B6 an encoding $what: $problem after $calls calls at most', async ({ id, problem, calls }) => {
    const answer = await ask(monthOf(id, '2026-09'));
    expect([answer.status, answer.problem]).toEqual([502, problem]);
    expect(callsOf(id)).toBeGreaterThan(0);
    expect(callsOf(id)).toBeLessThanOrEqual(calls);
  });

  test('B5 six gzip bombs of 1:1000 at once: given up, once each, within 64 MiB, while others are answered', async () => {
    const months = ['2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08'];
    let answered: unknown[] = [];
    const grown = await peakGrowth(gateway.pid, async () => {
      const bombs = months.map((month) => ask(monthOf('bomb', month)));
      const other = await ask(monthOf('plain', '2026-09'));
      expect([other.status, other.body.meta?.complete]).toEqual([200, true]);
      answered = (await Promise.all(bombs)).map(({ status, problem }) => [status, problem]);
    });
    expect(answered).toEqual(months.map(() => [502, 'vendor-too-large']));
    expect(callsOf('bomb')).toBe(months.length);
    expect(grown).toBeLessThan(64);
  });

  test('B5 64 MiB that no length announces: given up at the half, once, within 64 MiB', async () => {
    const grown = await peakGrowth(gateway.pid, async () => {
      const answer = await ask(monthOf('endless', '2026-09'));
      expect([answer.status, answer.problem]).toEqual([502, 'vendor-too-large']);
    });
    expect(callsOf('endless')).toBe(1);
    expect(grown).toBeLessThan(64);
  });

  test('B6 an answer that compresses as well as a list of costs can is read', async () => {
    const packed = sent.equal?.bytes.length ?? 0;
    expect(costs(Array.from({ length: equalItems }, () => item)).length / packed).toBeGreaterThan(200);
    const answer = await ask(monthOf('equal', '2026-09'));
    expect([answer.status, answer.body.meta?.complete]).toEqual([200, true]);
    expect(answer.body.totals).toEqual([{ amount: String(equalItems * 0.25), currency: 'USD' }]);
  });
});
