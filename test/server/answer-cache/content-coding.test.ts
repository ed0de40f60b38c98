import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { chooseCoding, codings, compress } from '../../../src/server/answer-cache/content-coding.ts';

describe('the coding of a body', () => {
  it.each([
    [undefined, null],
    ['', null],
    ['identity', null],
    ['deflate, zstd', null],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['br;q=0.5, gzip;q=0.5', 'br'],
    ['br;q=0.4, gzip;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0, gzip;q=0.000', null],
    ['*', 'br'],
    ['*;q=0', null],
    ['br;q=0, *', 'gzip'],
    ['identity, gzip;q=0.5', null],
    ['identity;q=0.5, gzip', 'gzip'],
    ['identity;q=0.5, gzip;q=0.5', 'gzip'],
    ['gzip;q=NaN', null],
    ['gzip;q=2', null],
    ['gzip;q=1.0000', null],
    ['gzip ; q=1.000', 'gzip'],
    [';;,,q=1', null],
    ['gzip;q=0.1;q=0.9', null],
    ['a,'.repeat(5_000), null],
  ])('is chosen by what %j asks for', (header, coding) => {
    expect(chooseCoding(header, codings)).toBe(coding);
  });

  it('is none where none is offered', () => {
    expect(chooseCoding('br, gzip', [])).toBeNull();
    expect(chooseCoding('br, gzip', ['gzip'])).toBe('gzip');
  });

  it('loses no byte', async () => {
    const body = Buffer.from('cost '.repeat(10_000));
    const [br, gz] = await Promise.all([compress(body, 'br'), compress(body, 'gzip')]);
    expect(brotliDecompressSync(br).equals(body)).toBe(true);
    expect(gunzipSync(gz).equals(body)).toBe(true);
    expect(Math.max(br.length, gz.length)).toBeLessThan(body.length / 10);
  });
});
