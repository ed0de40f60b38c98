import { asFailure, Failure } from '../../domain/failure/failure.ts';
import type { Connector } from '../contract/contract.ts';
import type { Policy, Send, VendorCall } from './call/call.ts';
import type { Rejections } from './rejections.ts';
import type { TokenCredentials } from './tokens/mint.ts';
import type { Token, Tokens } from './tokens/tokens.ts';

const isRejection = (thrown: unknown): thrown is Failure =>
  thrown instanceof Failure && thrown.kind === 'credentials-rejected';

const withHeaders = (headers: () => Readonly<Record<string, string>>, rejections: Rejections): Policy => {
  const mark = 'connection';
  return (next) => async (call) => {
    rejections.admit(mark);
    try {
      const reply = await next({ ...call, authorisation: headers() });
      rejections.clear(mark);
      return reply;
    } catch (thrown) {
      if (isRejection(thrown)) rejections.note(mark, thrown);
      throw thrown;
    }
  };
};

const withToken = (credentials: TokenCredentials, tokens: Tokens, rejections: Rejections): Policy => {
  /** Rejections are kept by operation: one that lacks a permission does not stop the others. */
  const refuse = (call: VendorCall, thrown: unknown): Failure => {
    const failure = asFailure(thrown);
    rejections.note(call.request.operation, failure);
    return failure;
  };
  const sendWith = async (next: Send, call: VendorCall, token: Token) => {
    const reply = await next({ ...call, authorisation: credentials.headers(token.accessToken) });
    rejections.clear(call.request.operation);
    return reply;
  };

  return (next) => async (call) => {
    rejections.admit(call.request.operation);
    const token = await tokens.current(call.signal);
    try {
      return await sendWith(next, call, token);
    } catch (thrown) {
      if (!isRejection(thrown)) throw thrown;
    }
    // The vendor executes nothing without a valid token, so one replay is safe for writes as well.
    const renewed = await tokens.renew(token, call.signal).catch((thrown: unknown) => {
      // Until a new token can be requested, every call with the old one would be rejected.
      throw asFailure(thrown).details.retryAfterMs === undefined ? thrown : refuse(call, thrown);
    });
    try {
      return await sendWith(next, call, renewed);
    } catch (thrown) {
      if (!isRejection(thrown)) throw thrown;
      await tokens.giveUp(renewed);
      throw refuse(call, thrown);
    }
  };
};

/** Adds the headers that authenticate the call. A rejected token is renewed once, and the call sent once more. */
export const authorise = (connector: Connector, tokens: Tokens | null, rejections: Rejections): Policy => {
  const { credentials } = connector;
  const policy =
    credentials.kind === 'token' && tokens !== null
      ? withToken(credentials, tokens, rejections)
      : // A signed request gets its headers where it is sent, over the bytes as they are.
        withHeaders(credentials.kind === 'static' ? credentials.headers : () => ({}), rejections);
  return (next) => {
    const authorised = policy(next);
    return (call) => (call.request.credentials === 'none' ? next(call) : authorised(call));
  };
};
