import { z } from 'zod';
import { optionalBaseUrlSetting, secretSetting, textSetting, timeoutSetting } from '../../src/vendor/kit/index.ts';
import { callsPerOperation } from './requests.ts';

/** The hosts of each data centre. Only its own accounts server issues tokens for it. */
const dataCentres = {
  us: { api: 'https://www.site24x7.com', accounts: 'https://accounts.zoho.com' },
  eu: { api: 'https://www.site24x7.eu', accounts: 'https://accounts.zoho.eu' },
  in: { api: 'https://www.site24x7.in', accounts: 'https://accounts.zoho.in' },
  au: { api: 'https://www.site24x7.net.au', accounts: 'https://accounts.zoho.com.au' },
  jp: { api: 'https://www.site24x7.jp', accounts: 'https://accounts.zoho.jp' },
  uk: { api: 'https://www.site24x7.uk', accounts: 'https://accounts.zoho.uk' },
  /** Its accounts server is documented nowhere. */
  cn: { api: 'https://www.site24x7.cn', accounts: null },
} as const;

const names = ['us', 'eu', 'in', 'au', 'jp', 'uk', 'cn'] as const;
const isName = (text: string): text is (typeof names)[number] => names.some((name) => name === text);

const dataCentreSchema = z
  .string()
  .trim()
  .toLowerCase()
  .superRefine((text, context) => {
    if (isName(text)) return;
    context.addIssue({
      code: 'custom',
      message:
        text === 'ca' || text === 'sa'
          ? `${text} has a Zoho accounts server, but CloudSpend has no API host there; possible are ${names.join(', ')}`
          : `must be one of ${names.join(', ')}`,
    });
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
        description: `Zoho data centre of the account: ${names.join(', ')}; cn needs CLOUDSPEND_ACCOUNTS_URL as well.`,
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
  const centre = dataCentres[isName(settings.dataCenter) ? settings.dataCenter : 'us'];
  return {
    api: withWww(settings.baseUrl ?? centre.api),
    accounts: settings.accountsUrl ?? centre.accounts ?? '',
  };
};
