import { z } from 'zod';
import { Secret } from '../../domain/secret.ts';
import { readDuration } from '../../domain/units.ts';

interface SettingMeta {
  readonly environment: string;
  readonly description: string;
}

/** A credential: trimmed of a trailing newline, never printed, refused when blank or with control characters. */
export const secretSetting = (meta: SettingMeta) =>
  z
    .string()
    .transform((text) => text.trim())
    .pipe(
      z
        .string()
        .min(1, 'is blank')
        .max(4096, 'is too long')
        .regex(/^[\x21-\x7e]+$/, 'has blanks or control characters'),
    )
    .transform((text) => new Secret(text))
    .meta({ ...meta, secret: true });

/** A text with a fallback. */
export const textSetting = (
  meta: SettingMeta & { readonly fallback: string },
  schema: z.ZodType<string, string> = z.string().min(1),
) => schema.default(meta.fallback).meta({ ...meta });

const isLoopback = (host: string): boolean => /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(host);
const isPrivate = (host: string): boolean =>
  /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|0\.|\[f[cde]|\[::)/i.test(host) && !isLoopback(host);

/** Why a base URL must not be used, or null. Credentials are sent over TLS only and never to a private address; loopback is allowed. */
export const baseUrlFault = (text: string): string | null => {
  if (!URL.canParse(text)) return 'is no URL';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'must not carry credentials';
  if (url.search !== '' || url.hash !== '') return 'must have no query and no fragment';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with https://';
  if (isLoopback(url.hostname)) return null;
  if (url.protocol !== 'https:') return 'must begin with https:// (plain http is for loopback only)';
  if (isPrivate(url.hostname)) return 'must not be a private or link-local address';
  return null;
};

const checkedUrl = z.string().superRefine((text, context) => {
  const fault = baseUrlFault(text);
  if (fault !== null) context.addIssue({ code: 'custom', message: fault });
});

/** A base URL without its trailing slash. */
export const baseUrlSetting = (meta: SettingMeta & { readonly fallback: string }) =>
  checkedUrl
    .transform((text) => text.replace(/\/+$/, ''))
    .default(meta.fallback)
    .meta({ ...meta });
export const optionalBaseUrlSetting = (meta: SettingMeta) =>
  checkedUrl
    .transform((text) => text.replace(/\/+$/, ''))
    .optional()
    .meta({ ...meta });

const timeoutMsMin = 1_000;
const timeoutMsMax = 600_000;

/** How long one call may take, in milliseconds. A vendor's slow answers are read to their end, whoever still waits for them. */
export const timeoutSetting = (fallbackSeconds = 30) =>
  z
    .string()
    .transform((text, context) => {
      const value = readDuration(text);
      if (value !== null && value >= timeoutMsMin && value <= timeoutMsMax) return value;
      context.addIssue('must be a duration from 1s to 10m, such as 30s or 1 minute');
      return z.NEVER;
    })
    .default(fallbackSeconds * 1_000)
    .meta({
      environment: null,
      description: `How long one call to the vendor may take; ${fallbackSeconds}s when absent.`,
    });
