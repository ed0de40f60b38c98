/** The hosts of each data centre. Only its own accounts server issues tokens for it. */
export const dataCentres = {
  us: { api: 'https://www.site24x7.com', accounts: 'https://accounts.zoho.com' },
  eu: { api: 'https://www.site24x7.eu', accounts: 'https://accounts.zoho.eu' },
  in: { api: 'https://www.site24x7.in', accounts: 'https://accounts.zoho.in' },
  au: { api: 'https://www.site24x7.net.au', accounts: 'https://accounts.zoho.com.au' },
  jp: { api: 'https://www.site24x7.jp', accounts: 'https://accounts.zoho.jp' },
  uk: { api: 'https://www.site24x7.uk', accounts: 'https://accounts.zoho.uk' },
  /** Its accounts server is documented nowhere. */
  cn: { api: 'https://www.site24x7.cn', accounts: null },
} as const;

export const dataCentreNames = ['us', 'eu', 'in', 'au', 'jp', 'uk', 'cn'] as const;
export type DataCentreName = (typeof dataCentreNames)[number];
export const isDataCentre = (text: string): text is DataCentreName => dataCentreNames.some((name) => name === text);

/** What is wrong with the name of a data centre; null where nothing is. */
export const dataCentreFault = (text: string): string | null => {
  if (isDataCentre(text)) return null;
  return text === 'ca' || text === 'sa'
    ? `${text} has a Zoho accounts server, but CloudSpend has no API host there; possible are ${dataCentreNames.join(', ')}`
    : `must be one of ${dataCentreNames.join(', ')}`;
};
