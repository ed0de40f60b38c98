import type { VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations } from '../catalogue.ts';
import { requestOf } from '../requests.ts';

export const exchangeRatesRequest = (): VendorRequest => requestOf(operations.exchangeRates);
