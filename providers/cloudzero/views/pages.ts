import type { Page } from '../../../src/vendor/kit/index.ts';
import { type RowCount, readLivePage } from '../paging.ts';
import { viewsRequest } from './requests.ts';
import { type View, viewSchema } from './wire.ts';

const list = { what: 'the view list', liveKey: 'views', rowSchema: viewSchema, nextRequest: viewsRequest } as const;

export const readViews = (json: unknown, tally: RowCount): Page<View> => readLivePage(json, list, tally);
