import { describeDocumentedAnswer } from '../shared/documented-answer.ts';

describeDocumentedAnswer('listTagCoverage');
