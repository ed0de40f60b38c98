import { Failure } from '../../domain/failure/failure.ts';

const invalidPath = (message: string): Failure =>
  new Failure('invalid-request', { public: 'The path is not valid: see errors.', errors: [{ path: 'path', message }] });

const plain = /^[!"$-.0-Z^-~[\]]*$/;
const control = /\p{Cc}/u;
/** Decoded once, it would be decoded again by some servers. */
const encodedAgain = /%[0-9a-f]{2}/i;

const decode = (segment: string): string => {
  if (!plain.test(segment)) throw invalidPath('holds a character that must be percent-encoded');
  let text: string;
  try {
    text = decodeURIComponent(segment);
  } catch {
    throw invalidPath('is not percent-encoded UTF-8');
  }
  if (control.test(text)) throw invalidPath('must not contain control characters');
  if (/[/\\]/.test(text)) throw invalidPath('must not contain an encoded slash or backslash');
  if (encodedAgain.test(text)) throw invalidPath('must not be percent-encoded twice');
  if (text === '.' || text === '..') throw invalidPath('must not contain the segments . and ..');
  return text;
};

/** The decoded segments of a vendor path as it was requested. Throws for one that servers could understand in two ways. */
export const segmentsOf = (rawPath: string): readonly string[] => rawPath.split('/').slice(1).map(decode);
