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
    consumedQuantity: nullable.meta({
      description:
        'What was used, as a decimal string in `consumedUnit`. Null where the vendor does not tell it, and for all but usage.',
    }),
    consumedUnit: nullable.meta({ description: "In the vendor's word. Null together with `consumedQuantity`." }),
    contractedCost: text,
    effectiveCost: text,
    invoiceIssuerName: text,
    listCost: text,
    pricingQuantity: nullable.meta({
      description:
        'What was priced, as a decimal string in `pricingUnit`. Null where the vendor tells no quantity, and for taxes, credits and adjustments.',
    }),
    pricingUnit: nullable.meta({ description: "In the vendor's word. Null together with `pricingQuantity`." }),
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
      .meta({ description: 'Columns of this row that the vendor does not tell: they follow the fallback table.' }),
    xProvider: text,
  })
  .meta({ id: 'Charge' });
export type Charge = z.output<typeof chargeSchema>;
