import type { Readable } from 'node:stream';

/** What a provider asks the upstream chain to send. Pure data. */
export interface VendorRequest {
  /** The operation's name, stable and without ids: pauses, metrics and logs use it. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Which of the connector's origins; `api` when absent. */
  readonly origin?: string;
  /** Begins with `/`; every segment from outside is already percent-encoded. */
  readonly path: string;
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. At most one of `json`, `form` and `payload`. */
  readonly json?: unknown;
  readonly form?: readonly (readonly [name: string, value: string])[];
  /** Sent as it is. */
  readonly payload?: { readonly contentType: string; readonly bytes: Uint8Array };
  /**
   * `any`: an answer need not be JSON, and the reply has its bytes in `raw`. `file`: the same, but a good answer that is
   * no JSON is not read: the reply has it as `stream`. Absent: JSON is due.
   */
  readonly answer?: 'any' | 'file';
  /** `read` may be retried; `write` is sent at most once. */
  readonly effect: 'read' | 'write';
  /** Name of the quota in the connector's limits that one attempt is charged to. Absent: free. */
  readonly quota?: string;
  /** How long one attempt may take; the connector's limit when absent. */
  readonly timeoutMs?: number;
  /** How often it may be sent, retries included; 3 for reads when absent, 1 for writes always. */
  readonly attemptsMax?: number;
  /** `none` for requests that carry no credential, such as those to a token endpoint. */
  readonly credentials?: 'none';
}

export interface VendorReply {
  readonly status: number;
  /** Names in lower case; of a repeated header the first value. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The same in UTF-8; absent where it is short. Reading a large answer as one text takes long. */
  readonly bytes?: Uint8Array;
  /** As they came, decompressed; only for a request that takes any answer. */
  readonly raw?: Uint8Array;
  /** An answer that is still to be read, with a bound; whoever gets it reads or destroys it. */
  readonly stream?: Readable;
  /** The parsed JSON, or undefined where the answer is not JSON. Numbers that a double cannot hold exactly are strings of their source text. */
  readonly json: unknown;
}
