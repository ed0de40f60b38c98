import type { Services } from '../../src/app/services.ts';
import { defineOperationsOver, defineWritesOver } from '../../src/server/operation/define.ts';

/** The operations of this API are defined over the services of its app. */
export const defineOperation = defineOperationsOver<Services>();
/** For what changes something: the handler gives what was done, and the answer follows from that. */
export const defineWrite = defineWritesOver<Services>();
