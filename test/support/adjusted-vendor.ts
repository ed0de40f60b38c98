import type { Connector, CostSource } from '../../src/vendor/contract/contract.ts';
import type { ToyVendor } from './toy-vendor.ts';

/** The vendor with another connector, or with more in its source of costs. */
export const adjusted = (
  vendor: ToyVendor,
  costs: Partial<CostSource>,
  connector: Partial<Connector> = {},
): ToyVendor => {
  const before = vendor.connector;
  const capabilities = { ...before.capabilities, costs: { ...before.capabilities.costs, ...costs } };
  Object.defineProperty(vendor, 'connector', { value: { ...before, ...connector, capabilities } });
  return vendor;
};
