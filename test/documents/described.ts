import { readFileSync } from 'node:fs';
import { documents as cloudspend } from '../../providers/cloudspend/document/documents.ts';
import { exceptions as cloudspendExceptions } from '../../providers/cloudspend/document/exceptions.ts';
import { documents as cloudzero } from '../../providers/cloudzero/document/documents.ts';
import { exceptions as cloudzeroExceptions } from '../../providers/cloudzero/document/exceptions.ts';
import { documents as elastic } from '../../providers/elastic/document/documents.ts';
import { exceptions as elasticExceptions } from '../../providers/elastic/document/exceptions.ts';
import type { Schema } from '../../src/vendor/document/document.ts';

/** One of a vendor's documents, as its provider's folder names it. */
export interface DescribedDocument {
  /** In the provider's folder `document/`. */
  readonly file: string;
  /** Which of the vendor's dialects it describes; those of one dialect complete each other. */
  readonly dialect: string;
  /** How the script makes the file. Absent: it was written by hand from what the vendor documents. */
  readonly taken?: {
    readonly from: string;
    readonly form: 'openapi' | 'reference' | 'catalogue';
    readonly authorization: readonly string[];
    readonly answers?: Record<string, Record<string, Schema>>;
    /** What the document says of its schemas in words alone, by their names. */
    readonly stated?: Readonly<Record<string, Schema>>;
    /** Where the samples of the operations that are used go. */
    readonly samples?: { readonly file: string; readonly operations: readonly string[] };
  };
}

export type Rule =
  | 'operation'
  | 'parameter'
  | 'header'
  | 'status'
  | 'content'
  | 'required'
  | 'undocumented'
  | 'type'
  | 'enum'
  | 'pattern'
  | 'format'
  | 'range';

/** Something that the document leaves open or has wrong. */
export interface DocumentException {
  readonly name: string;
  readonly reason: string;
  /** `accepted`: a request of the gateway that a sandbox accepts although it speaks another dialect. */
  readonly on: 'request' | 'accepted' | 'answer';
  /** Absent: in every dialect. */
  readonly dialect?: string;
  /** Of the sandbox that answers; absent: in every variant. */
  readonly variant?: RegExp;
  /** Ids of the document; absent: every operation. */
  readonly operations?: readonly string[];
  readonly statuses?: readonly number[];
  readonly rule: Rule;
  /** Where, such as `body.total_ecu` or `query.limit`. */
  readonly at: RegExp;
  /** What stands there instead, as the violation words it. */
  readonly found?: RegExp;
}

/** One of a vendor's documents; those of one dialect complete each other. */
export interface ReadableDocument {
  readonly dialect: string;
  /** The text is read when it is first needed, and checked then. */
  readonly read: () => unknown;
}

export interface Described {
  readonly provider: string;
  readonly documents: readonly ReadableDocument[];
  readonly exceptions: readonly DocumentException[];
}

/** In the provider's folder. */
export const documentUrl = (provider: string, file: string): URL =>
  new URL(`../../providers/${provider}/document/${file}`, import.meta.url);

export const sources: readonly { readonly provider: string; readonly documents: readonly DescribedDocument[] }[] = [
  { provider: 'cloudzero', documents: cloudzero },
  { provider: 'elastic', documents: elastic },
  { provider: 'cloudspend', documents: cloudspend },
];

const exceptions: Readonly<Record<string, readonly DocumentException[]>> = {
  cloudzero: cloudzeroExceptions,
  elastic: elasticExceptions,
  cloudspend: cloudspendExceptions,
};

export const described: readonly Described[] = sources.map(({ provider, documents }) => ({
  provider,
  exceptions: exceptions[provider] ?? [],
  documents: documents.map(({ dialect, file }) => ({
    dialect,
    read: () => JSON.parse(readFileSync(documentUrl(provider, file), 'utf8')),
  })),
}));
