import { Failure, type Operator } from '../../../src/vendor/kit/index.ts';
import { dataCentreNames, dataCentres, isDataCentre } from '../data-centres.ts';
import { accountsUrl, dataCentre } from './questions.ts';

/** The accounts server that is asked, and whose data centre it is. */
export interface Accounts {
  readonly dataCentre: string;
  readonly server: string;
}

/** The accounts server of a data centre; null where none is known. */
export type ServerOf = (dataCentre: string) => string | null;
export const documentedServer: ServerOf = (name) => (isDataCentre(name) ? dataCentres[name].accounts : null);

/** The accounts server where the client is registered. */
export const registeredAt = (operator: Operator, serverOf: ServerOf): Accounts => {
  const name = operator.text(dataCentre).toLowerCase();
  const stated = operator.text(accountsUrl).replace(/\/+$/, '');
  const server = stated === '' ? serverOf(name) : stated;
  if (server !== null) return { dataCentre: name, server };
  throw new Failure('invalid-request', {
    public: `The accounts server of the data centre ${name} is not documented: set ${accountsUrl.environment}.`,
  });
};

const originOf = (text: string): string | null => (URL.canParse(text) ? new URL(text).origin : null);

/**
 * The accounts server of the person's data centre, as Zoho names it after consent. Only servers that are known get the
 * client secret: what a browser brings back can be written by anybody.
 */
export const movedTo = (location: string, said: string | null, from: Accounts, serverOf: ServerOf): Accounts => {
  const name = location.trim().toLowerCase();
  if (name === '' || name === from.dataCentre) return from;
  const server = serverOf(name);
  if (server === null) {
    const shown = /^[a-z]{2,8}$/.test(name) ? name : 'unknown';
    throw new Failure('permission-missing', {
      public: `Zoho keeps this account in the data centre ${shown}, which is none that can be used here: ${dataCentreNames.join(', ')}. Nothing was sent there. For cn, begin with --data-center cn and its accounts server.`,
    });
  }
  if (said !== null && originOf(said) !== new URL(server).origin) {
    throw new Failure('permission-missing', {
      public: `The browser came back with an accounts server that is not the one of the data centre ${name}. The client secret was not sent to it. Begin again.`,
    });
  }
  return { dataCentre: name, server };
};
