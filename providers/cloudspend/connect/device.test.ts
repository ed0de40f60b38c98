import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectOutcome, Operator } from '../../../src/vendor/kit/index.ts';
import { Failure } from '../../../src/vendor/kit/index.ts';
import { type ConnectRig, enterCode, startConnectRig } from '../../../test/support/connect-rig.ts';
import { device } from './device.ts';

const poll = '/oauth/v3/device/token';
let rig: ConnectRig;
beforeEach(async () => {
  rig = await startConnectRig();
});
afterEach(() => rig.close());

const codeShown = (): string => /Enter the code (\S+) on/.exec(rig.told.join('\n'))?.[1] ?? '';

/** Runs the flow; before the poll of that number the person decides. */
const run = (decideBefore: number, decision: 'accept' | 'reject'): Promise<ConnectOutcome> => {
  const operator = rig.operator();
  const watched: Operator = {
    ...operator,
    send: async (server, request) => {
      const polls = rig.posts(poll) + (request.path === poll ? 1 : 0);
      if (request.path === poll && polls === decideBefore) await enterCode(rig.us.url, codeShown(), decision);
      return operator.send(server, request);
    },
  };
  return device(rig.serverOf).run(watched);
};
const publicOf = async (work: Promise<unknown>): Promise<string> => {
  const thrown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  return thrown instanceof Failure ? thrown.details.public : 'nothing was refused';
};

describe('the device flow', () => {
  it('shows code and page, and asks every five seconds until the person has accepted', async () => {
    expect(await run(3, 'accept')).toMatchObject({ kind: 'granted', settings: { CLOUDSPEND_DATA_CENTER: 'us' } });
    expect(codeShown()).toMatch(/^[0-9A-F]{8}$/);
    expect(rig.visited).toEqual([`${rig.us.url}/oauth/v3/device`]);
    expect(rig.waits).toEqual([5_000, 5_000, 5_000]);
    expect(rig.posts('/oauth/v3/device/code')).toBe(1);
  });

  it('asks more slowly from then on when it is told to', async () => {
    const body = '{"error":"slow_down"}';
    rig.us.faults.set([{ path: poll, kind: 'body', body, times: 1 }]);
    await run(3, 'accept');
    expect(rig.waits).toEqual([5_000, 10_000, 10_000]);
  });

  it('goes on in the data centre of the person', async () => {
    rig.accounts.home = { location: 'eu', server: rig.eu.url };
    expect(await run(2, 'accept')).toMatchObject({ settings: { CLOUDSPEND_DATA_CENTER: 'eu' } });
    expect(rig.us.calls.filter(({ path }) => path === poll)).toHaveLength(2);
    expect(rig.eu.calls.filter(({ path }) => path === poll)).toHaveLength(1);
  });

  it('does not follow to a data centre that is not known', async () => {
    rig.accounts.home = { location: 'nowhere', server: rig.eu.url };
    expect(await publicOf(run(1, 'accept'))).toContain('which is none that can be used here');
    expect(rig.posts(poll)).toBe(1);
  });

  it('stops when the person refuses', async () => {
    expect(await publicOf(run(2, 'reject'))).toContain('The consent was refused');
    expect(rig.posts(poll)).toBe(2);
  });

  it('stops when the code expires', async () => {
    expect(await publicOf(run(1_000, 'accept'))).toContain('expired before anybody accepted');
    expect(rig.posts(poll)).toBe(60);
  });

  it('stops at a throttle without asking again', async () => {
    rig.us.faults.set([{ path: poll, kind: 'throttle' }]);
    expect(await publicOf(run(1_000, 'accept'))).toContain('Wait 10 minutes');
    expect(rig.posts(poll)).toBe(1);
  });

  it('understands seconds where the answer has seconds, as RFC 8628 does', async () => {
    const body = JSON.stringify({
      user_code: 'A',
      device_code: 'B',
      interval: 7,
      expires_in: 21,
      verification_url: 'https://accounts.example/device',
    });
    rig.us.faults.set([
      { path: '/oauth/v3/device/code', kind: 'body', body },
      { path: poll, kind: 'body', body: '{"error":"authorization_pending"}' },
    ]);
    expect(await publicOf(run(1_000, 'accept'))).toContain('expired before anybody accepted');
    expect(rig.waits).toEqual([7_000, 7_000, 7_000]);
  });

  it('says what is wrong with the request for a code', async () => {
    const operator = rig.operator({ 'client-id': 'unknown' });
    expect(await publicOf(device(rig.serverOf).run(operator))).toContain('Zoho does not know this client');
  });
});
