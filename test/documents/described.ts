import { documents as cloudspend } from '../../providers/cloudspend/document/documents.ts';
import { exceptions as cloudspendExceptions } from '../../providers/cloudspend/document/exceptions.ts';
import { documents as cloudzero } from '../../providers/cloudzero/document/documents.ts';
import { exceptions as cloudzeroExceptions } from '../../providers/cloudzero/document/exceptions.ts';
import { documents as elastic } from '../../providers/elastic/document/documents.ts';
import { exceptions as elasticExceptions } from '../../providers/elastic/document/exceptions.ts';
import type { Schema } from './document.ts';

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
  readonly on: 'request' | 'answer';
  /** Absent: in every dialect. */
  readonly dialect?: string;
  /** Ids of the document; absent: every operation. */
  readonly operations?: readonly string[];
  readonly statuses?: readonly number[];
  readonly rule: Rule;
  /** Where, such as `body.total_ecu` or `query.limit`. */
  readonly at: RegExp;
  /** What stands there instead, as the violation words it. */
  readonly found?: RegExp;
}

export interface Described {
  readonly provider: string;
  readonly documents: readonly DescribedDocument[];
  readonly exceptions: readonly DocumentException[];
}

export const described: readonly Described[] = [
  { provider: 'cloudzero', documents: cloudzero, exceptions: cloudzeroExceptions },
  { provider: 'elastic', documents: elastic, exceptions: elasticExceptions },
  { provider: 'cloudspend', documents: cloudspend, exceptions: cloudspendExceptions },
];
