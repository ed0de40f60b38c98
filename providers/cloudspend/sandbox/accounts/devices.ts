import type { Clock } from '../../../../src/domain/clock.ts';
import type { Tokens } from './tokens.ts';

const lifetimeMs = 300_000;
const intervalMs = 5_000;
const windowMs = 600_000;
const requestsMax = 30;

interface Device {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly scopes: readonly string[];
  readonly begunAt: number;
  polledAt: number;
  decision: 'open' | 'accepted' | 'refused';
}

/** Machines without a browser that wait for a person. */
export class Devices {
  readonly #clock: Clock;
  readonly #tokens: Tokens;
  #devices: Device[] = [];
  #begun: number[] = [];

  constructor(clock: Clock, tokens: Tokens) {
    this.#clock = clock;
    this.#tokens = tokens;
  }

  /** Null beyond the limit of codes. */
  begin(scopes: readonly string[], url: string): Record<string, unknown> | null {
    const now = this.#clock.now();
    this.#begun = this.#begun.filter((at) => now - at < windowMs);
    if (this.#begun.length >= requestsMax) return null;
    this.#begun.push(now);
    const userCode = this.#clock.bytes(4).toString('hex').toUpperCase();
    const deviceCode = this.#tokens.text('device');
    const polledAt = Number.NEGATIVE_INFINITY;
    this.#devices.push({ deviceCode, userCode, scopes, begunAt: now, polledAt, decision: 'open' });
    return {
      user_code: userCode,
      device_code: deviceCode,
      interval: intervalMs,
      verification_uri_complete: `${url}/oauth/v3/device?user_code=${userCode}`,
      expires_in: lifetimeMs,
      verification_url: `${url}/oauth/v3/device`,
    };
  }

  /** What the person on the page decided; false for a code that is not open. */
  decide(userCode: string, accepted: boolean): boolean {
    const found = this.#devices.find((each) => each.userCode === userCode && each.decision === 'open');
    if (found === undefined || this.#clock.now() - found.begunAt >= lifetimeMs) return false;
    found.decision = accepted ? 'accepted' : 'refused';
    return true;
  }

  /** The scopes that were accepted, or the error of the poll. */
  poll(deviceCode: string | null, elsewhere: string | null): readonly string[] | Record<string, unknown> {
    const found = this.#devices.find((each) => each.deviceCode === deviceCode);
    if (found === undefined) return { error: 'invalid_code' };
    const now = this.#clock.now();
    const soon = now - found.polledAt < intervalMs;
    found.polledAt = now;
    if (now - found.begunAt >= lifetimeMs) return { error: 'expired' };
    if (soon) return { error: 'slow_down' };
    if (found.decision === 'open') return { error: 'authorization_pending' };
    // The other server counts the polls for itself.
    if (elsewhere !== null) {
      found.polledAt = Number.NEGATIVE_INFINITY;
      return { error: 'other_dc', user_location: elsewhere };
    }
    this.#devices = this.#devices.filter((each) => each !== found);
    return found.decision === 'accepted' ? found.scopes : { error: 'access_denied' };
  }
}
