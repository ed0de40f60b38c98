import type { VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations } from '../catalogue.ts';
import { requestOf } from '../requests.ts';

export const accountsDataRequest = (): VendorRequest => requestOf(operations.accountsData);
export const accountsOverviewRequest = (): VendorRequest => requestOf(operations.accountsOverview);

export const costCentersRequest = (): VendorRequest => requestOf(operations.costCenters);
