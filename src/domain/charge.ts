import { z } from 'zod';

export const chargeCategories = ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'] as const;
export type ChargeCategory = (typeof chargeCategories)[number];

const text = z.string();
const nullable = z.string().nullable();

/** One charge, in the columns of FOCUS 1.2. */
export const chargeSchema = z
  .object({
    billedCost: text.meta({ description: 'Decimal string in `billingCurrency`.' }),
    billingAccountId: text,
    billingAccountName: nullable,
    billingCurrency: text,
    billingPeriodEnd: text,
    billingPeriodStart: text,
    chargeCategory: z.enum(chargeCategories),
    chargeClass: nullable,
    chargeDescription: nullable,
    chargeFrequency: text,
    chargePeriodEnd: text,
    chargePeriodStart: text,
    contractedCost: text,
    effectiveCost: text,
    invoiceIssuerName: text,
    listCost: text,
    pricingQuantity: nullable,
    pricingUnit: nullable,
    providerName: text,
    publisherName: text,
    regionId: nullable,
    resourceId: nullable,
    resourceName: nullable,
    serviceCategory: text,
    serviceName: text,
    serviceSubcategory: text,
    skuId: nullable,
    subAccountId: nullable,
    subAccountName: nullable,
    xConnection: text.meta({ description: 'The connection of this gateway that the charge came through.' }),
    xDerived: z
      .array(text)
      .meta({ description: 'Columns of this row that no vendor tells: they follow the fallback table.' }),
    xProvider: text,
  })
  .meta({ id: 'Charge' });
export type Charge = z.output<typeof chargeSchema>;
