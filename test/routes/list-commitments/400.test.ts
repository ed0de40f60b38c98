import { describeForeignCursor } from '../shared/foreign-cursor.ts';
import { describeRefusedQuery } from '../shared/refused-query.ts';

describeRefusedQuery('listCommitments');
describeForeignCursor('listCommitments');
