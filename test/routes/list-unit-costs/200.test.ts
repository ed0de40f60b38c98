import { describeDocumentedAnswer } from '../shared/documented-answer.ts';

describeDocumentedAnswer('listUnitCosts');
