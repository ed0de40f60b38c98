import type { Secret } from '../../domain/secret.ts';
import type { VendorReply, VendorRequest } from './request.ts';

/** How an operator gets the credential of a connection from the vendor. */
export interface Connecting {
  /** The first is used where none is named. */
  readonly flows: readonly ConnectFlow[];
}

export interface ConnectFlow {
  readonly id: string;
  /** One sentence: when to use it. */
  readonly summary: string;
  /** What it has to know, in the order in which a person is asked. All of it is known before it runs. */
  readonly needs: readonly Question[];
  /** Whether it ends with a credential that must be kept. */
  readonly grants: boolean;
  /** Throws a `Failure` whose public text says what to do; `invalid-request` where an answer of the operator is at fault. */
  run(operator: Operator): Promise<ConnectOutcome>;
}

export interface Question {
  /** The option of the command line, such as `client-id`. A secret has none: it would stay in the history of the shell. */
  readonly name: string;
  /** The variable that answers it; for a secret also the file that `<name>_FILE` names. */
  readonly environment: string;
  readonly secret: boolean;
  /** Completes "client id: ". */
  readonly description: string;
  /** Used without asking. Null: it is asked for; an empty text: it may stay open. */
  readonly fallback: string | null;
  /** What is wrong with an answer; null where nothing is. It never repeats the answer. */
  fault(text: string): string | null;
}

export type ConnectOutcome =
  | {
      readonly kind: 'granted';
      /** The variable that the credential belongs to. */
      readonly environment: string;
      readonly credential: Secret;
      /** Variables that have to be set beside it. */
      readonly settings: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'done'; readonly sentence: string };

/** The person at the terminal, the browser of that person, and the way to the vendor. */
export interface Operator {
  /** The answer to a question that is no secret; empty where it stayed open. */
  text(question: Question): string;
  secret(question: Question): Secret;
  tell(sentence: string): void;
  /** Shows the address of a page that the person has to visit. */
  visit(url: string): void;
  /**
   * Listens on loopback for the browser that comes back from the vendor. The URI may name port 0 for a free one. With
   * `stateless` a return that carries no state counts as well.
   */
  awaitReturn(uri: string, options?: { readonly stateless?: boolean }): Promise<AwaitedReturn>;
  /** One request without credentials in its header. Any status is a reply; only the transport throws. */
  send(baseUrl: string, request: VendorRequest): Promise<VendorReply>;
  /** Secrets of one run, for an authorization code with PKCE (RFC 7636). */
  proof(): Proof;
  /** Milliseconds of monotonic time. */
  elapsed(): number;
  sleep(milliseconds: number): Promise<void>;
}

export interface Proof {
  readonly verifier: Secret;
  /** S256 of the verifier. */
  readonly challenge: string;
}

export interface AwaitedReturn {
  /** As it is listened to, for the request to the vendor. */
  readonly uri: string;
  /** What the vendor must hand back unchanged. */
  readonly state: string;
  /** The parameters with which the browser came back. One with another state is refused, and the right one still awaited. */
  arrival(): Promise<ReadonlyMap<string, string>>;
}
