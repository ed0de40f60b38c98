import type { Clock } from '../../src/domain/clock.ts';
import { type Connector, Failure, type VendorReply, type VendorRequest } from '../../src/vendor/kit/index.ts';
import { parseLosslessly } from '../../src/vendor/kit/lossless-json.ts';
import { type PlainSession, plainSession } from './session.ts';

export interface ScriptedSession extends PlainSession {
  /** The operations that were asked for. */
  readonly asked: ReadonlySet<string>;
}

/** A session whose vendor answers as told: with a value, which is sent as JSON, or with its 404 for undefined. */
export const scriptedSession = (
  connector: Connector,
  clock: Clock,
  answerTo: (request: VendorRequest) => unknown,
): ScriptedSession => {
  const asked = new Set<string>();
  return {
    ...plainSession(connector, clock),
    asked,
    call: async (request) => {
      asked.add(request.operation);
      const answer = answerTo(request);
      const text = answer === undefined ? '' : JSON.stringify(answer);
      const reply: VendorReply = {
        status: answer === undefined ? 404 : 200,
        headers: { 'content-type': 'application/json' },
        text,
        json: answer === undefined ? undefined : parseLosslessly(text),
      };
      const failure = connector.readFailure(reply, request);
      if (failure !== null) throw failure;
      if (answer === undefined) throw new Failure('vendor-not-found', { public: `${request.operation} answered 404` });
      return reply;
    },
  };
};
