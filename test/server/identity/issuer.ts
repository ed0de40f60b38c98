import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { VirtualClock } from '../../support/clock.ts';

/** An issuer of tokens inside the process: counts what is read of it, and misbehaves as it is told. */
export class Issuer {
  readonly url = 'https://issuer.example';
  readonly clock = new VirtualClock();
  readonly asked: string[] = [];
  readonly keys: JWK[] = [];
  behaviour: 'answers' | 'fails' | 'hangs' | 'nonsense' = 'answers';
  metadata: Record<string, unknown> = { issuer: this.url, jwks_uri: `${this.url}/keys` };
  readonly #secrets = new Map<string, { key: CryptoKey; algorithm: string }>();

  readonly read = async (url: string, signal: AbortSignal): Promise<unknown> => {
    this.asked.push(url);
    if (this.behaviour === 'fails') throw new Error('refused');
    if (this.behaviour === 'nonsense') return { keys: 'none' };
    if (this.behaviour === 'hangs') {
      await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    }
    return url.endsWith('/openid-configuration') ? this.metadata : { keys: [...this.keys] };
  };

  /** Publishes a new key. */
  async addKey(kid: string, algorithm = 'ES256'): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
    this.#secrets.set(kid, { key: privateKey, algorithm });
    this.keys.push({ ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' });
  }

  withdrawKey(kid: string): void {
    this.keys.splice(0, this.keys.length, ...this.keys.filter((key) => key.kid !== kid));
  }

  get seconds(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  /** A good token but for what is said otherwise; a claim that is `undefined` is left out. */
  async token(
    claims: Record<string, unknown> = {},
    { kid = 'one', header = {} }: { kid?: string; header?: Record<string, unknown> } = {},
  ): Promise<string> {
    const secret = this.#secrets.get(kid);
    if (secret === undefined) throw new TypeError(`there is no key ${kid}`);
    const payload = { iss: this.url, aud: 'gateway', sub: 'ann', scope: 'read', exp: this.seconds + 300, ...claims };
    const kept = Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined));
    return new SignJWT(kept).setProtectedHeader({ alg: secret.algorithm, kid, ...header }).sign(secret.key);
  }
}
