import { z } from 'zod';
import { optionalBaseUrlSetting, secretSetting, textSetting, timeoutSetting } from '../../src/vendor/kit/index.ts';
import { dataCentreFault, dataCentreNames, dataCentres, isDataCentre } from './data-centres.ts';
import { callsPerOperation } from './requests.ts';

const dataCentreSchema = z
  .string()
  .trim()
  .toLowerCase()
  .superRefine((text, context) => {
    const fault = dataCentreFault(text);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
  });

export const settingsSchema = z
  .object({
    clientId: z
      .string()
      .trim()
      .max(256, 'is too long')
      .regex(/^[\x21-\x7e]+$/, 'is blank, or has blanks or control characters')
      .meta({
        environment: 'CLOUDSPEND_CLIENT_ID',
        description: 'Client id of the self client in the Zoho API console.',
      }),
    clientSecret: secretSetting({
      environment: 'CLOUDSPEND_CLIENT_SECRET',
      description: 'Client secret of that self client, of the data centre where the data is.',
    }),
    refreshToken: secretSetting({
      environment: 'CLOUDSPEND_REFRESH_TOKEN',
      description: 'Refresh token with the scope CloudSpend.Internal.Read.',
    }),
    dataCenter: textSetting(
      {
        environment: 'CLOUDSPEND_DATA_CENTER',
        description: `Zoho data centre of the account: ${dataCentreNames.join(', ')}; cn needs CLOUDSPEND_ACCOUNTS_URL as well.`,
        fallback: 'us',
      },
      dataCentreSchema,
    ),
    callsPerOperation: z
      .union([z.string(), z.number()])
      .transform(String)
      .pipe(z.string().regex(/^[1-9]\d{0,6}$/, 'must be a whole number of calls, such as 80'))
      .transform(Number)
      .default(callsPerOperation.limit)
      .meta({
        environment: null,
        description:
          'How many calls of one operation leave in two minutes; 80 when absent. Zoho locks an operation after 100.',
      }),
    timeout: timeoutSetting(),
    baseUrl: optionalBaseUrlSetting({
      environment: 'CLOUDSPEND_BASE_URL',
      description: 'Where the CloudSpend API is reached; from the data centre when unset.',
    }),
    accountsUrl: optionalBaseUrlSetting({
      environment: 'CLOUDSPEND_ACCOUNTS_URL',
      description: 'Where access tokens are asked for; from the data centre when unset.',
    }),
  })
  .superRefine((settings, context) => {
    if (settings.dataCenter !== 'cn' || settings.accountsUrl !== undefined) return;
    context.addIssue({
      code: 'custom',
      path: ['accountsUrl'],
      message: 'is needed for the data centre cn, whose accounts server is not documented',
    });
  });
export type Settings = z.output<typeof settingsSchema>;

/** The domain without `www.` redirects, and the redirect would lose the credentials. */
const withWww = (url: string): string =>
  url.replace(/^(https:\/\/)(?=site24x7\.(?:com|eu|in|net\.au|cn|jp|uk)(?:[:/]|$))/i, '$1www.');

export const originsOf = (settings: Settings): { readonly api: string; readonly accounts: string } => {
  const centre = dataCentres[isDataCentre(settings.dataCenter) ? settings.dataCenter : 'us'];
  return {
    api: withWww(settings.baseUrl ?? centre.api),
    accounts: settings.accountsUrl ?? centre.accounts ?? '',
  };
};
