import { describeRefusedQuery } from '../shared/refused-query.ts';

describeRefusedQuery('summariseCosts');
