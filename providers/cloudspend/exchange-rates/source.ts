import type { ExchangeRateSource } from '../../../src/vendor/kit/index.ts';
import { exchangeRatesOf } from './normalise.ts';
import { exchangeRatesRequest } from './requests.ts';

export const exchangeRates: ExchangeRateSource = {
  list: async (session) => ({ ...exchangeRatesOf((await session.call(exchangeRatesRequest())).json), notes: [] }),
};
