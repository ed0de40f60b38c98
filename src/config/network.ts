import { isIP } from 'node:net';
import { Secret } from '../domain/secret.ts';
import { illegal, legal, type Parsed, type Parser, parseCommaList, wholeNumberParser } from './parse.ts';

export const isLoopbackHost = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));

/** An address to listen on. */
export const hostName: Parser<string> = (text) => {
  const named = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$/.test(text);
  // Digits and dots that are not a valid address would be looked up as a name, and never found.
  const looksLikeAddress = /^[\d.]+$/.test(text);
  if (isIP(text) !== 0 || (named && !looksLikeAddress && text.length <= 253)) return legal(text);
  return illegal('must be an IP address or a host name, such as 127.0.0.1, 0.0.0.0 or ::');
};

/** A URL that keys are read from: https, or http on loopback. The text is not changed. */
export const trustedUrl: Parser<string> = (text) => {
  const rule = 'must be a URL that begins with https:// (http:// for loopback only), without credentials or fragment';
  if (!URL.canParse(text) || /[\s\p{Cc}]/u.test(text)) return illegal(rule);
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.hash !== '') return illegal(rule);
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
  return safe ? legal(text) : illegal(rule);
};

/** A secret, because the URL may contain a password. */
export const redisUrl: Parser<Secret> = (text) => {
  const rule = 'must be a URL that begins with redis:// or rediss://';
  if (!URL.canParse(text)) return illegal(rule);
  const url = new URL(text);
  const known = url.protocol === 'redis:' || url.protocol === 'rediss:';
  return known && url.hostname !== '' ? legal(new Secret(text)) : illegal(rule);
};

const isOrigin = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.origin === text;
};

/** Allowed CORS origins; `*` alone allows all. */
export const origins: Parser<readonly string[]> = (text) => {
  const parts = parseCommaList(text);
  if (!parts.ok) return parts;
  if (parts.value.every(isOrigin) || text === '*') return parts;
  return illegal('must be a comma list of origins without a path, such as https://dashboard.example.com, or * alone');
};

/** False: no proxy is trusted. True: all are. A number: that many hops. A list: these addresses. */
export type TrustedProxies = boolean | number | readonly string[];

const isAddressRange = (text: string): boolean => {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || wholeNumberParser({ min: 0, max: version === 4 ? 32 : 128 })(bits).ok;
};

const hops = wholeNumberParser({ min: 0, max: 32 });

export const trustedProxies = (text: string): Parsed<TrustedProxies> => {
  if (text === 'none' || text === 'false' || text === '0') return legal(false);
  if (text === 'true') return legal(true);
  const count = hops(text);
  if (count.ok) return count;
  const parts = parseCommaList(text);
  if (parts.ok && parts.value.every(isAddressRange)) return parts;
  return illegal(
    'must be none, a number of proxies from 1 to 32, or a comma list of addresses such as 10.0.0.0/8, loopback',
  );
};
