import { describe, expect, it } from 'vitest';
import type { SignableRequest } from '../../src/vendor/kit/index.ts';
import { signVersion4 } from '../support/toys/signed.ts';

/**
 * From AWS's published Signature Version 4 test suite (aws-sig-v4-test-suite), each under its name there: key
 * AKIDEXAMPLE, secret wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY, region us-east-1, service `service`.
 */
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const plain: SignableRequest = {
  method: 'GET',
  origin: 'https://example.amazonaws.com',
  path: '/',
  headers: {},
  body: Buffer.from(''),
  at: Date.parse('2015-08-30T12:36:00Z'),
};
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const unreserved = '-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const vectors: readonly (readonly [string, Partial<SignableRequest>, string])[] = [
  ['get-vanilla', {}, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
  [
    'get-vanilla-empty-query-key',
    { path: '/?Param1=value1' },
    'a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb',
  ],
  [
    'get-vanilla-query-order-key-case',
    { path: '/?Param2=value2&Param1=value1' },
    'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  ],
  [
    'get-vanilla-query-unreserved',
    { path: `/?${unreserved}=${unreserved}` },
    '9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197',
  ],
  [
    'get-vanilla-utf8-query',
    { path: '/?%E1%88%B4=bar' },
    '2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04',
  ],
  ['get-utf8', { path: '/%E1%88%B4' }, '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85'],
  [
    'get-header-value-trim',
    { headers: { 'my-header1': ' value1', 'my-header2': ' "a   b   c"' } },
    'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
  ],
  ['post-vanilla', { method: 'POST' }, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
  [
    'post-header-key-sort',
    { method: 'POST', headers: { 'my-header1': 'value1' } },
    'c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c',
  ],
  [
    'post-vanilla-query',
    { method: 'POST', path: '/?Param1=value1' },
    '28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11',
  ],
  [
    'post-x-www-form-urlencoded',
    { method: 'POST', headers: form, body: Buffer.from('Param1=value1') },
    'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  ],
];

describe('the signed toy signs as AWS publishes it', () => {
  it.each(vectors)('%s', (_name, request, signature) => {
    const { authorization } = signVersion4(secret, { ...plain, ...request });
    expect(authorization).toContain('Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ');
    expect(authorization.split('Signature=')[1]).toBe(signature);
  });

  it('over method, path, query, headers, body, host and time: another of any gives another signature', () => {
    const changes: Partial<SignableRequest>[] = [
      {},
      { method: 'DELETE' },
      { path: '/other' },
      { path: '/?a=b' },
      { headers: { a: 'b' } },
      { body: Buffer.from('x') },
      { origin: 'https://example.com' },
      { at: plain.at + 1000 },
    ];
    const signatures = changes.map((change) => signVersion4(secret, { ...plain, ...change }).authorization);
    expect(new Set(signatures).size).toBe(changes.length);
  });
});
